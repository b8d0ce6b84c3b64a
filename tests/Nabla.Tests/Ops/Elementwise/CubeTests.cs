using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class CubeTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("cube", x => x[0].Pow(3), "x0 ** 3", Inputs.Normal(3, 4))
        { DTypes = Types.Numbers }.Elementwise(),
        new OpCase("cube of special values", x => x[0].Pow(3), "x0 ** 3", Special.Values),
    ];
}
