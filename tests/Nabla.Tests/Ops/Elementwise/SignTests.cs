using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class SignTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sign", x => x[0].Sign(), "torch.sign(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("sign at its edges", x => x[0].Sign(), "torch.sign(x0)", Special.Values),
    ];
}
