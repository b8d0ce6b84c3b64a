using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class ArgMinTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("argmin", x => x[0].ArgMin(1), "x0.argmin(1)", Inputs.Distinct(-3, 3, 3, 5))
        { Differentiable = false },
        new OpCase("argmin_all", x => x[0].ArgMin(), "x0.argmin()", Inputs.Distinct(-3, 3, 3, 5))
        { Differentiable = false },
    ];

    [Fact]
    public void Nothing_to_choose_from_is_an_error() => Assert.Contains("no element to choose",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(0, 3).ArgMin(0)).Message);
}
