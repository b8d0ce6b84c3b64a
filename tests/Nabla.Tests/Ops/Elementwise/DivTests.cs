using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class DivTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("div", x => x[0] / x[1], "x0 / x1",
            Inputs.Normal(3, 4), Inputs.Uniform(0.5, 2, 3, 4))
        { DTypes = [DType.Float32, DType.Float64, DType.Int32, DType.Int64] }.Elementwise(),
    ];
}
