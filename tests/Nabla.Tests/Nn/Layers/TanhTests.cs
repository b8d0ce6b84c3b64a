using Nabla.Nn;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class TanhTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("Tanh", x => new Tanh().Call(x[0]), "torch.nn.Tanh()(x0)",
            Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new Tanh().StateDict());
        Assert.Equal("Tanh()", new Tanh().ToString());
    }
}
