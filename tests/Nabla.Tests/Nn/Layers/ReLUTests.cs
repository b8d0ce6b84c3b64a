using Nabla.Nn;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class ReLUTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("ReLU", x => new ReLU().Call(x[0]), "torch.nn.ReLU()(x0)",
            Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new ReLU().StateDict());
        Assert.Equal("ReLU()", new ReLU().ToString());
    }
}
