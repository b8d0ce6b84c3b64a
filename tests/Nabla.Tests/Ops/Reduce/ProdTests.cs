using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class ProdTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("prod of all", x => x[0].Prod(), "torch.prod(x0)", Inputs.Normal(3, 4, 5))
        { DTypes = Types.All },
        new OpCase("prod over the last", x => x[0].Prod(-1), "torch.prod(x0, -1)",
            Inputs.Normal(3, 4, 5))
        { DTypes = Types.All },
        new OpCase("prod over the first, kept", x => x[0].Prod(0, keepDim: true),
            "torch.prod(x0, 0, keepdim=True)", Inputs.Normal(3, 4, 5))
        { DTypes = Types.All },
        new OpCase("prod without dimension", x => x[0].Prod(0), "torch.prod(x0, 0)",
            Inputs.Normal()),
        new OpCase("prod of nothing", x => x[0].Prod(1), "torch.prod(x0, 1)", Inputs.Normal(3, 0)),
        new OpCase("prod to nothing", x => x[0].Prod(1), "torch.prod(x0, 1)", Inputs.Normal(0, 3)),
        new OpCase("prod with zeros", x => x[0].Prod(1), "torch.prod(x0, 1)",
            Inputs.Values([3, 3], 2, 0, 3, 0, 5, 0, 4, 1, 2))
        { TwiceDifferentiable = false },
    ];

    [Fact]
    public void One_zero_leaves_a_gradient_at_itself_and_two_leave_none()
    {
        var x = Tensor.From(new double[,] { { 2, 0, 3 }, { 0, 5, 0 }, { 4, 1, 2 } });
        x.RequiresGrad = true;
        x.Prod(1).Sum().Backward();
        Assert.Equal([0, 6, 0, 0, 0, 0, 2, 8, 4], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Over_several_dimensions_it_is_the_product_of_products()
    {
        var x = Tensor.Rand([2, 3, 4], DType.Float64);
        var expected = x.Prod(2).Prod(0).ToArray<double>();
        var actual = x.Prod([0, 2]).ToArray<double>();
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void A_dimension_is_named_once()
    {
        var x = Tensor.Ones(2, 3);
        var error = Assert.Throws<ArgumentException>(() => x.Prod([1, -1]));
        Assert.Contains("Prod", error.Message);
        Assert.Contains("twice", error.Message);
    }

    [Fact]
    public void A_missing_dimension_is_named()
    {
        var x = Tensor.Ones(2, 3);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => x.Prod(2));
        Assert.Contains("(2, 3)", error.Message);
    }
}
