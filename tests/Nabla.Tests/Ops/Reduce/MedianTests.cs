using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class MedianTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("median", x => x[0].Median(), "torch.median(x0)", Inputs.Distinct(-3, 3, 3, 4))
            .Also(Inputs.Distinct(-3, 3, 5)).Also(Inputs.Normal())
            with { DTypes = [DType.Float32, DType.Float64, DType.Int64] },
        new OpCase("of rows", x => Both(x[0].Median(1)), "tuple(torch.median(x0, 1))",
            Inputs.Distinct(-3, 3, 3, 5)),
        new OpCase("of columns, kept", x => Both(x[0].Median(0, keepDim: true)),
            "tuple(torch.median(x0, 0, keepdim=True))", Inputs.Distinct(-3, 3, 4, 3)),
        new OpCase("with NaN", x => Both(x[0].Median(1)), "tuple(torch.median(x0, 1))",
            Inputs.Values(new Shape(2, 3), 1, double.NaN, 2, 5, 4, double.PositiveInfinity)
                .Constant()),
    ];

    [Fact]
    public void Nothing_has_no_middle()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 0).Median(1));
        Assert.StartsWith("Median: dimension 1 of shape (2, 0) has no element", error.Message);
    }

    [Fact]
    public void Nothing_has_no_median()
    {
        Fails("Median: dimension 0 of shape (0, 3) has no element to choose",
            () => Tensor.Ones(0, 3).Median(0));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    private static Tensor[] Both((Tensor Values, Tensor Indices) y) => [y.Values, y.Indices];
}
