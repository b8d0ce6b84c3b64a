using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class ErfcTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("erfc", x => x[0].Erfc(), "torch.erfc(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All, Tolerance = 2e-5 }.Elementwise(),
        new OpCase("erfc at its edges", x => x[0].Erfc(), "torch.erfc(x0)",
            Elementwise.Special.Values),
    ];
}
