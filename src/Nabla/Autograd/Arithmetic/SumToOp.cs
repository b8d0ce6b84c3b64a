using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Autograd.Arithmetic;

/// <summary>
/// The sum of a tensor over the dimensions in which a smaller shape was broadcast: what undoes
/// broadcasting in every gradient.
/// </summary>
/// <param name="Target">The smaller shape.</param>
public sealed record SumToOp(Shape Target) : Op, IFusableFold
{
    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => Target.ExpandsTo(x[0].Shape)
        ? new TensorSpec(Target, x[0].DType)
        : throw new ArgumentException(
            $"SumTo: the shape {Target} does not broadcast to {x[0].Shape}");

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Reduce<SumFn>(x[0].DType.Compute, x[0], y[0]);

    void IFusableFold.ForwardFused(FusedProgram program, Shape shape, ReadOnlySpan<Tensor> x,
        ReadOnlySpan<Tensor> y) => y[0].Device.FusedReduce<SumFn>(program, shape, x, y);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [new ExpandOp(b.InputSpec().Shape).Apply(b.Grad)];

    /// <summary>x summed to a shape; itself when it has it.</summary>
    internal static Tensor Of(Tensor x, Shape target) =>
        x.Shape == target ? x : new SumToOp(target).Apply(x);
}
