using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class Log1pTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("log1p", x => x[0].Log1p(), "torch.log1p(x0)", Inputs.Uniform(-0.8, 4, 3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("log1p at its edges", x => x[0].Log1p(), "torch.log1p(x0)", Special.Values),
    ];
}
