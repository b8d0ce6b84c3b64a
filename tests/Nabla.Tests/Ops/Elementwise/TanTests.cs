using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class TanTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("tan", x => x[0].Tan(), "torch.tan(x0)", Inputs.Uniform(-1.2, 1.2, 3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("tan at its edges", x => x[0].Tan(), "torch.tan(x0)", Special.Values),
    ];
}
