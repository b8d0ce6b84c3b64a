using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class PadTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("pad", x => x[0].Pad([1, 2], 0.5), "F.pad(x0, (1, 2), value=0.5)",
            Inputs.Normal(2, 3)) { DTypes = [DType.Float32, DType.Float64] },
        new OpCase("pad two", x => x[0].Pad([1, 0, 0, 2], 7), "F.pad(x0, (1, 0, 0, 2), value=7)",
            Inputs.Normal(2, 3)).Also(Inputs.Normal(2, 2, 3))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int64, DType.Int32, DType.UInt8] },
        Mode("reflect", PadMode.Reflect, [2, 1]).Also(Inputs.Normal(1, 4)),
        Mode("reflect two", PadMode.Reflect, [1, 2, 3, 0]).Also(Inputs.Normal(2, 4, 3)),
        Mode("reflect three", PadMode.Reflect, [1, 1, 2, 0, 0, 1], Inputs.Normal(2, 2, 3, 2)),
        Mode("reflect crop", PadMode.Reflect, [-1, 2, 1, -2]),
        Mode("replicate", PadMode.Replicate, [5, 1]).Also(Inputs.Normal(1, 1)),
        Mode("replicate two", PadMode.Replicate, [1, 2, 3, 0]).Also(Inputs.Normal(2, 1, 2)),
        Mode("replicate crop", PadMode.Replicate, [-1, 2, 1, -2]),
        Mode("circular", PadMode.Circular, [3, 1]).Also(Inputs.Normal(1, 4)),
        Mode("circular two", PadMode.Circular, [1, 3, 4, 0]).Also(Inputs.Normal(2, 4, 3)),
        Mode("circular three", PadMode.Circular, [1, 1, 2, 0, 0, 1], Inputs.Normal(2, 2, 3, 2)),
        new OpCase("circular crop", x => x[0].Pad([-1, 2, 1, -2], PadMode.Circular),
            "torch.cat((x0[1:2], x0[:2]), 0)[:, [1, 2, 1, 2]]", Inputs.Normal(4, 3)),
        new OpCase("reflect integers", x => x[0].Pad([1, 1], PadMode.Reflect),
            "x0[:, [1, 0, 1, 2, 1]]", Inputs.Integers(0, 9, 2, 3))
            { DTypes = [DType.Int64, DType.UInt8], Differentiable = false },
        new OpCase("crop", x => x[0].Pad([-1, 1, 2, -1]), "F.pad(x0, (-1, 1, 2, -1))",
            Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void Ops_of_equal_pads_are_equal()
    {
        Assert.Equal(new PadOp([1], [2], 0), new PadOp([1], [2], 0));
        Assert.Equal(
            new PadOp([1], [2], 0).GetHashCode(), new PadOp([1], [2], 0).GetHashCode());
        Assert.NotEqual(new PadOp([1], [2], 0), new PadOp([2], [1], 0));
        Assert.NotEqual(new PadOp([1], [2], 0), new PadOp([1], [2], 1));
    }

    [Fact]
    public void Wrong_pads_are_named()
    {
        Throws("Pad: 3 pads do not fit shape (2, 3); give one before and one after for each "
            + "dimension", () => Tensor.Zeros(2, 3).Pad([1, 1, 1]));
        Throws("Pad: 4 pads do not fit shape (3,)", () => Tensor.Zeros(3).Pad([1, 1, 1, 1]));
        Throws("Pad: -2 before and -2 after crop more than dimension 0 of shape (3,) has",
            () => Tensor.Zeros(3).Pad([-2, -2]));
    }

    [Fact]
    public void A_dimension_that_cannot_fill_its_pads_is_named()
    {
        var x = Tensor.Zeros(2, 3);
        Throws("Pad: 3 before and 0 after do not fit dimension 1 of shape (2, 3) in mode Reflect; "
            + "it can give 2", () => x.Pad([3, 0], PadMode.Reflect));
        Throws("Pad: 0 before and 4 after do not fit dimension 1 of shape (2, 3) in mode Circular; "
            + "it can give 3", () => x.Pad([0, 4], PadMode.Circular));
        Throws("Pad: 1 before and 0 after do not fit dimension 0 of shape (0,) in mode Replicate; "
            + "it can give 0", () => Tensor.Zeros(0).Pad([1, 0], PadMode.Replicate));
        Throws("Pad: -2 before and -2 after do not fit dimension 1 of shape (2, 3) in mode "
            + "Reflect; they crop more than it has", () => x.Pad([-2, -2], PadMode.Reflect));
        Throws("Pad: 3 pads do not fit shape (2, 3)", () => x.Pad([1, 1, 1], PadMode.Reflect));
        Throws("Pad: the mode is Constant, Reflect, Replicate or Circular, not 9",
            () => x.Pad([1, 1], (PadMode)9));
    }

    [Fact]
    public void The_constant_mode_is_zeros() => Assert.Equal([0f, 1f, 0f, 0f],
        Tensor.Ones(1).Pad([1, 2], PadMode.Constant).ToArray<float>());

    private static OpCase Mode(string name, PadMode mode, long[] pads, Input? input = null)
    {
        // PyTorch wants two dimensions before those that it pads.
        var more = $"{(pads.Length / 2) + 2} - x0.dim()";
        var torch = $"F.pad(x0[(None,) * ({more})], ({string.Join(", ", pads)}), "
            + $"mode='{mode.ToString().ToLowerInvariant()}')[(0,) * ({more})]";
        return new OpCase(name, x => x[0].Pad(pads, mode), torch, input ?? Inputs.Normal(4, 3));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
