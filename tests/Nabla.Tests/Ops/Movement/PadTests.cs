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

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
