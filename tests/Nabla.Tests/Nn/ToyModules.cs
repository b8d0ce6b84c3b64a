using Nabla.Autograd.Arithmetic;
using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

/// <summary>y = x + weight, with a buffer that counts nothing.</summary>
internal class Shift(params float[] weight) : Module<Tensor, Tensor>
{
    public Parameter Weight { get; } = new(Tensor.From(weight));

    public ModuleBuffer Seen { get; } = new(Tensor.From(0L));

    protected override string Description => $"{Weight.Count}";

    protected override Tensor Forward(Tensor x) => AddOp.Instance.Apply(x, Weight);
}

/// <summary>Two of them, one after the other.</summary>
internal class TwoShifts : Module<Tensor, Tensor>
{
    private readonly Shift _first = new(1, 2);

    public Shift Second { get; } = new(10, 20);

    protected override Tensor Forward(Tensor x) => Second.Call(_first.Call(x));
}

/// <summary>A child passed to the constructor, and one of its own, after the base's.</summary>
internal sealed class ThreeShifts(Module<Tensor, Tensor> captured) : TwoShifts
{
    private readonly Shift _zero = new(0, 0);

    protected override Tensor Forward(Tensor x) =>
        _zero.Call(captured.Call(base.Forward(x)));
}
