using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class BatchNormInferenceTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("batch_norm in use",
            x => x[0].BatchNormInference(x[1], x[2], x[3], x[4], 1e-3),
            "F.batch_norm(x0, x1, x2, x3, x4, False, eps=1e-3)",
            Inputs.Normal(3, 2, 4, 2), Inputs.Normal(2).Constant(),
            Inputs.Uniform(0.5, 2, 2).Constant(), Inputs.Normal(2), Inputs.Normal(2)),
        new OpCase("batch_norm in use without weights",
            x => x[0].BatchNormInference(x[1], x[2]), "F.batch_norm(x0, x1, x2)",
            Inputs.Normal(3, 2), Inputs.Normal(2).Constant(),
            Inputs.Uniform(0.5, 2, 2).Constant()),
    ];
}
