using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class ReciprocalTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("reciprocal", x => x[0].Reciprocal(), "torch.reciprocal(x0)",
            Inputs.Uniform(0.3, 4, 3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("reciprocal at its edges", x => x[0].Reciprocal(), "torch.reciprocal(x0)",
            Special.Values),
    ];
}
