using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class LogTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("log", x => x[0].Log(), "torch.log(x0)", Inputs.Uniform(0.2, 4, 3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("log at its edges", x => x[0].Log(), "torch.log(x0)", Special.Values),
    ];
}
