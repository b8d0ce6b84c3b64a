using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class Log10Tests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("log10", x => x[0].Log10(), "torch.log10(x0)", Inputs.Uniform(0.2, 4, 3, 4))
        { DTypes = Types.Numbers }.Elementwise(),
    ];
}
