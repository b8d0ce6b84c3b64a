using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class SqrtTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sqrt", x => x[0].Sqrt(), "torch.sqrt(x0)", Inputs.Uniform(0.2, 4, 3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("sqrt at its edges", x => x[0].Sqrt(), "torch.sqrt(x0)", Special.Values),
    ];
}
