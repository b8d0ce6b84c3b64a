using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class AmaxTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("amax", x => x[0].Amax(1), "x0.amax(1)", Inputs.Distinct(-3, 3, 3, 5)),
        new OpCase("amax_ties", x => x[0].Amax(0), "x0.amax(0)",
            Inputs.Values(new Shape(2, 2), 1, 2, 1, 3)) { TwiceDifferentiable = false },
    ];

    [Fact]
    public void Nothing_to_choose_from_is_an_error() => Assert.Contains("no element to choose",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(0, 3).Amax(0)).Message);
}
