using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class UniqueTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("unique", x => Triple(x[0].Unique()),
            "torch.unique(x0, return_inverse=True, return_counts=True)",
            Inputs.Values(new Shape(2, 4), 3, 1, 2, 3, -1, 1, 1, 0))
            .Also(Inputs.Normal(0)).Also(Inputs.Normal())
            with { DTypes = Types.All, Differentiable = false, Capturable = false },
    ];

    private static Tensor[] Triple((Tensor Values, Tensor Inverse, Tensor Counts) y) =>
        [y.Values, y.Inverse, y.Counts];
}
