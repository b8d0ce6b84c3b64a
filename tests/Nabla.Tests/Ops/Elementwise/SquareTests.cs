using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class SquareTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("square", x => x[0].Square(), "torch.square(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.Numbers }.Elementwise(),
        new OpCase("square at its edges", x => x[0].Square(), "torch.square(x0)", Special.Values),
    ];
}
