using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class ArgMaxTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("argmax", x => x[0].ArgMax(1), "x0.argmax(1)", Inputs.Distinct(-3, 3, 3, 5))
        { Differentiable = false },
        new OpCase("argmax_all", x => x[0].ArgMax(), "x0.argmax()", Inputs.Distinct(-3, 3, 3, 5))
        { Differentiable = false },
    ];

    [Fact]
    public void Nothing_to_choose_from_is_an_error() => Assert.Contains("no element to choose",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(0, 3).ArgMax(0)).Message);
}
