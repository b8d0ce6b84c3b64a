using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class ReciprocalTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("reciprocal", x => x[0].Reciprocal(), "torch.reciprocal(x0)",
            Inputs.Uniform(0.25, 3, 3, 4))
        { GradTolerance = 1e-4, Tolerance = 2e-5 }.Elementwise(),
    ];
}
