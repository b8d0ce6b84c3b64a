using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class Log1pTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("log1p", x => x[0].Log1p(), "torch.log1p(x0)",
            Inputs.Uniform(0.25, 3, 3, 4)).Elementwise(),
    ];
}
