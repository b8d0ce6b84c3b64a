using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class SumTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sum", x => x[0].Sum(), "x0.sum()", Inputs.Normal(3, 5)),
        new OpCase("sum_1", x => x[0].Sum(1), "x0.sum(1)", Inputs.Normal(3, 5, 2)),
        new OpCase("sum_0_2", x => x[0].Sum([0, -1], keepDim: true),
            "x0.sum((0, 2), keepdim=True)", Inputs.Normal(3, 5, 2)),
    ];

    [Fact]
    public void Naming_a_dimension_twice_is_refused() => Assert.Contains("named twice",
        Assert.Throws<ArgumentException>(() => Tensor.Ones(2, 3).Sum([0, -2])).Message);

    [Fact]
    public void Booleans_sum_to_a_count() =>
        Assert.Equal(2, Tensor.From(true, false, true).Sum().Item<long>());
}
