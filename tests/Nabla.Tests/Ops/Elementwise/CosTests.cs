using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class CosTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("cos", x => x[0].Cos(), "torch.cos(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("cos at its edges", x => x[0].Cos(), "torch.cos(x0)", Special.Values),
    ];
}
