using Nabla.Autograd;
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
        new OpCase("of a middle dimension", x => Both(x[0].Median(1)),
            "tuple(torch.median(x0, 1))", Inputs.Distinct(-3, 3, 2, 6, 3))
            .Also(Inputs.Distinct(-3, 3, 0, 6, 3)).Also(Inputs.Distinct(-3, 3, 3, 1, 2)),
        new OpCase("of many", x => x[0].Median(), "torch.median(x0)",
            Inputs.Distinct(-3, 3, 29, 37)) with { DTypes = [DType.Float32, DType.Int64] },
        new OpCase("of infinities", x => x[0].Median(1).Values, "torch.median(x0, 1)[0]",
            Inputs.Values(new Shape(2, 3), double.NegativeInfinity, double.PositiveInfinity, 2,
                double.PositiveInfinity, 1, double.PositiveInfinity).Constant()),
    ];

    /// <summary>Of equal elements it is the one that a stable sort brings to the middle.</summary>
    [Fact]
    public void Every_type_has_the_middle_of_a_stable_sort()
    {
        foreach (var type in new[] { DType.Float32, DType.Float64, DType.Float16, DType.BFloat16,
            DType.Int64, DType.Int32, DType.UInt8, DType.Bool })
        {
            foreach (var n in new[] { 1, 2, 3, 64, 501 })
            {
                var x = Tensor.RandInt(0, 9, new Shape(7, n)).To(type);
                var (sorted, places) = x.Sort(1);
                var (values, indices) = x.Median(1, keepDim: true);
                Assert.Equal(type, values.DType);
                Assert.Equal(sorted.Narrow(1, (n - 1) / 2, 1).Numbers(), values.Numbers());
                Assert.Equal(places.Narrow(1, (n - 1) / 2, 1).Numbers(), indices.Numbers());
            }
        }
    }

    [Fact]
    public void The_gradient_goes_to_the_median()
    {
        var x = Tensor.From(new float[,] { { 5, 1, 3 }, { float.NaN, 1, float.NaN } });
        x.RequiresGrad = true;
        x.Median(1).Values.Backward(Tensor.From(2f, 3f));
        Assert.Equal([0, 0, 2, 3, 0, 0], x.Grad!.ToArray<float>());
    }

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
