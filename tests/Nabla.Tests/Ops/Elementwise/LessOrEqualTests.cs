using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class LessOrEqualTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("lessorequal", x => x[0] <= x[1], "x0 <= x1",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false }.Elementwise(),
        new OpCase("lessorequal on equals", x => x[0] <= x[1], "x0 <= x1",
            Inputs.Values(1, 2, 3, double.NaN, double.PositiveInfinity).Constant(),
            Inputs.Values(2, 2, 2, double.NaN, double.PositiveInfinity).Constant())
        { Differentiable = false },
        new OpCase("lessorequal to a number", x => x[0] <= 0.5, "x0 <= 0.5", Inputs.Normal(3, 4))
        { DTypes = Types.All, Differentiable = false },
        new OpCase("greater or equal", x => x[0] >= x[1], "x0 >= x1",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.Signed, Differentiable = false },
        new OpCase("le", x => x[0].Le(x[1]), "x0.le(x1)", Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.Signed, Differentiable = false },
        new OpCase("ge", x => x[0].Ge(x[1]), "x0.ge(x1)", Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.Signed, Differentiable = false },
    ];
}
