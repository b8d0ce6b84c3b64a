using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class TanhTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("tanh", x => x[0].Tanh(), "torch.tanh(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("tanh at its edges", x => x[0].Tanh(), "torch.tanh(x0)", Special.Values),
    ];
}
