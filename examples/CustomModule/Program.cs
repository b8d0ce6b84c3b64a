// A module of one's own: parameters and parts are fields; they are found without registration.
using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

Generator.ManualSeed(1);
var model = new ResidualBlock(8);
foreach (var (name, parameter) in model.NamedParameters())
{
    Console.WriteLine($"{name} {parameter.Shape}");
}

// Learn to double and shift the input.
var optimizer = new Adam(model, learningRate: 1e-2);
var first = 0f;
var last = 0f;
for (var step = 0; step < 300; step++)
{
    var x = Tensor.Randn(32, 8);
    optimizer.ZeroGrad();
    var error = (model.Call(x) - (2 * x + 1)).Square().Mean();
    error.Backward();
    optimizer.Step();
    last = error.Item<float>();
    first = step == 0 ? last : first;
}
Console.WriteLine($"loss from {first:0.000} to {last:0.000}");
return last < 0.2 * first ? 0 : 1;

/// <summary>y = x + scale · W₂ relu(W₁ x).</summary>
internal sealed class ResidualBlock(int width) : Module<Tensor, Tensor>
{
    private readonly Linear _inner = new(width, 4 * width);
    private readonly Linear _outer = new(4 * width, width);
    private readonly Parameter _scale = new(Tensor.From(new float[] { 1 }, new Shape(1)));

    protected override Tensor Forward(Tensor x) =>
        x + _scale * _outer.Call(_inner.Call(x).Relu());
}
