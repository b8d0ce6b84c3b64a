using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class NotEqualTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("notequal", x => x[0].Ne(x[1]), "x0 != x1",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false }.Elementwise(),
        new OpCase("notequal on equals", x => x[0].Ne(x[1]), "x0 != x1",
            Inputs.Values(1, 2, 3, double.NaN, double.PositiveInfinity).Constant(),
            Inputs.Values(2, 2, 2, double.NaN, double.PositiveInfinity).Constant())
        { Differentiable = false },
        new OpCase("notequal to a number", x => x[0].Ne(0.5), "x0 != 0.5", Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false },
    ];
}
