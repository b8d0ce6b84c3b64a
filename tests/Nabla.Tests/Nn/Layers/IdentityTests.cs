using Nabla.Nn;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class IdentityTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("Identity", x => new Identity().Call(x[0]), "torch.nn.Identity()(x0)",
            Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new Identity().StateDict());
        Assert.Equal("Identity()", new Identity().ToString());
    }
}
