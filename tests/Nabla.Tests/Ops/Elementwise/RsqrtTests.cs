using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class RsqrtTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("rsqrt", x => x[0].Rsqrt(), "torch.rsqrt(x0)",
            Inputs.Uniform(0.25, 3, 3, 4))
        { GradTolerance = 1e-4, Tolerance = 2e-5 }.Elementwise(),
    ];
}
