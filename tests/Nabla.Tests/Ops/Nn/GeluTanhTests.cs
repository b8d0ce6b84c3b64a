using Nabla.Ops;
using Nabla.Tests.Infrastructure;
using Nabla.Tests.Ops.Elementwise;

namespace Nabla.Tests.Ops.Nn;

public class GeluTanhTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("gelu by tanh", x => x[0].Gelu("tanh"), "F.gelu(x0, approximate='tanh')",
            Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("gelu by tanh of large numbers", x => x[0].Gelu("tanh"),
            "F.gelu(x0, approximate='tanh')", Inputs.Values(-1000, -20, -7.5, 7.5, 1000)),
        new OpCase("gelu by tanh of special values", x => x[0].Gelu("tanh"),
            "F.gelu(x0, approximate='tanh')", Special.Values),
    ];
}
