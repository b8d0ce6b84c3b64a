using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Autograd.Arithmetic;

public class SumToOpTests : Infrastructure.OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("to a column", x => SumToOp.Of(x[0], [3, 1]),
            "x0.sum_to_size(3, 1)", Inputs.Normal(2, 3, 5)).Also(Inputs.Normal(3, 33)),
        new OpCase("to a scalar", x => SumToOp.Of(x[0], []),
            "x0.sum()", Inputs.Normal(2, 17)).Also(Inputs.Normal(0, 3)),
        new OpCase("to a row", x => SumToOp.Of(x[0], [33]),
            "x0.sum_to_size(33)", Inputs.Normal(4, 33)),
    ];

    [Fact]
    public void A_tensor_of_the_shape_is_itself()
    {
        var x = Tensor.From(1f, 2f);
        Assert.Same(x, SumToOp.Of(x, [2]));
    }

    [Fact]
    public void The_shape_must_broadcast_to_the_tensors()
    {
        var error = Assert.Throws<ArgumentException>(
            () => SumToOp.Of(Tensor.From(1f, 2f), [3]));
        Assert.Contains("(3,) does not broadcast to (2,)", error.Message);
    }
}
