using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class Log2Tests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("log2", x => x[0].Log2(), "torch.log2(x0)", Inputs.Uniform(0.2, 4, 3, 4))
        { DTypes = Types.Numbers }.Elementwise(),
    ];
}
