// An op of one's own, with its gradient: used eagerly, differentiated, checked, captured.
using Nabla;
using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

var x = Tensor.From(new double[] { -2, -0.5, 0.5, 2 }, new Shape(4));
x.RequiresGrad = true;
var y = SoftsignOp.Instance.Apply(x);
y.Sum().Backward();
Console.WriteLine($"y  = {string.Join(", ", y.ToArray<double>().Select(v => $"{v:0.000}"))}");
Console.WriteLine($"y' = {string.Join(", ", x.Grad!.ToArray<double>().Select(v => $"{v:0.000}"))}");

// The same op object is recorded when a step is captured.
var step = new CapturedStep(inputs => [SoftsignOp.Instance.Apply(inputs[0]) * 2]);
var twice = step.Run(x.Detach())[0];
twice = step.Run(x.Detach())[0];
Console.WriteLine($"captured: {step.WasCaptured}, 2y(2) = {twice.ToArray<double>()[3]:0.000}");

/// <summary>y = x / (1 + |x|), element by element, in double precision.</summary>
internal sealed record SoftsignOp : Op
{
    public static SoftsignOp Instance { get; } = new();

    /// <summary>Backward needs the input.</summary>
    public override Saves Saves => Saves.Inputs;

    /// <summary>Fills the output, which is allocated already.</summary>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var from = x[0].AsSpan<double>();
        var to = y[0].AsSpan<double>();
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = from[i] / (1 + Math.Abs(from[i]));
        }
    }

    /// <summary>dy/dx = 1 / (1 + |x|)², written with ops: it can be differentiated again.</summary>
    public override Tensor?[] Backward(Backprop b) =>
        [b.Grad / (1 + b.X(0).Abs()).Square()];

    /// <summary>What comes out, or why it cannot be.</summary>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => x[0].DType == DType.Float64
        ? new TensorSpec(x[0].Shape, x[0].DType)
        : throw new ArgumentException($"Softsign expects float64 but got {x[0].DType}");
}
