using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class SumTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sum of all", x => x[0].Sum(), "torch.sum(x0)", Inputs.Normal(3, 4, 5))
        { DTypes = Types.All },
        new OpCase("sum over the last", x => x[0].Sum(-1), "torch.sum(x0, -1)",
            Inputs.Normal(3, 4, 5))
        { DTypes = Types.All },
        new OpCase("sum over the first, kept", x => x[0].Sum(0, keepDim: true),
            "torch.sum(x0, 0, keepdim=True)", Inputs.Normal(3, 4, 5))
        { DTypes = Types.All },
        new OpCase("sum over two", x => x[0].Sum([0, -1]), "torch.sum(x0, (0, 2))",
            Inputs.Normal(3, 4, 5))
        { DTypes = Types.All },
        new OpCase("sum over two, kept", x => x[0].Sum([1, 2], keepDim: true),
            "torch.sum(x0, (1, 2), keepdim=True)", Inputs.Normal(3, 4, 5)),
        new OpCase("sum without dimension", x => x[0].Sum(0), "torch.sum(x0, 0)", Inputs.Normal()),
        new OpCase("sum of nothing", x => x[0].Sum(1), "torch.sum(x0, 1)", Inputs.Normal(3, 0)),
        new OpCase("sum to nothing", x => x[0].Sum(1), "torch.sum(x0, 1)", Inputs.Normal(0, 3)),
    ];

    [Fact]
    public void A_dimension_is_named_once()
    {
        var x = Tensor.Ones(2, 3);
        var error = Assert.Throws<ArgumentException>(() => x.Sum([1, -1]));
        Assert.Contains("Sum", error.Message);
        Assert.Contains("twice", error.Message);
    }

    [Fact]
    public void A_missing_dimension_is_named()
    {
        var x = Tensor.Ones(2, 3);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => x.Sum(2));
        Assert.Contains("(2, 3)", error.Message);
    }

    [Fact]
    public void Small_integers_sum_to_large_ones() => Assert.Equal(
        510L, Tensor.From<byte>(255, 255).Sum().Item<long>());
}
