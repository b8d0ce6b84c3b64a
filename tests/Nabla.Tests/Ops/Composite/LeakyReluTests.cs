using Nabla.Ops;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class LeakyReluTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("leaky relu", x => x[0].LeakyRelu(), "F.leaky_relu(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("leaky relu, steeper", x => x[0].LeakyRelu(0.3), "F.leaky_relu(x0, 0.3)",
            Inputs.Normal(3, 4)),
    ];
}
