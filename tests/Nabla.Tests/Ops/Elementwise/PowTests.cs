using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class PowTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("pow", x => x[0].Pow(x[1]), "torch.pow(x0, x1)",
            Inputs.Uniform(0.25, 3, 3, 4), Inputs.Normal(3, 4))
        { Tolerance = 5e-5, GradTolerance = 2e-4 }.Elementwise(),
    ];
}
