using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class LessTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("less", x => x[0] < x[1], "x0 < x1",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false }.Elementwise(),
        new OpCase("less on equals", x => x[0] < x[1], "x0 < x1",
            Inputs.Values(1, 2, 3, double.NaN, double.PositiveInfinity).Constant(),
            Inputs.Values(2, 2, 2, double.NaN, double.PositiveInfinity).Constant())
        { Differentiable = false },
        new OpCase("less to a number", x => x[0] < 0.5, "x0 < 0.5", Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false },
        new OpCase("greater", x => x[0] > x[1], "x0 > x1",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.Signed, Differentiable = false },
        new OpCase("lt", x => x[0].Lt(x[1]), "x0.lt(x1)", Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.Signed, Differentiable = false },
        new OpCase("gt", x => x[0].Gt(x[1]), "x0.gt(x1)", Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.Signed, Differentiable = false },
    ];
}
