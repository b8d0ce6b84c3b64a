using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Functional;

public class CotangentsTests
{
    [Fact]
    public void They_are_within_one_differ_and_do_not_change()
    {
        var v = Cotangents.Of(Tensor.Zeros(40, 5)).ToArray<double>();
        Assert.All(v, x => Assert.InRange(x, -1, 1));
        Assert.Equal(200, v.Distinct().Count());
        Assert.Equal(v, Cotangents.Of(Tensor.Ones(40, 5)).ToArray<double>());
    }

    [Fact]
    public void The_product_sums_over_all_outputs() => Assert.Equal(
        (1 * 3) + (2 * -1) + (5 * 2),
        Cotangents.Dot(
            [Tensor.From(1.0, 2.0), Tensor.From(5.0)], [Tensor.From(3.0, -1.0), Tensor.From(2.0)]));
}
