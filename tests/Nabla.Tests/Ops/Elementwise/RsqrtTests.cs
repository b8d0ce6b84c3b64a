using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class RsqrtTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("rsqrt", x => x[0].Rsqrt(), "torch.rsqrt(x0)", Inputs.Uniform(0.3, 4, 3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("rsqrt at its edges", x => x[0].Rsqrt(), "torch.rsqrt(x0)", Special.Values),
    ];
}
