using Nabla.Nn;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class GELUTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("GELU", x => new GELU().Call(x[0]), "torch.nn.GELU()(x0)",
            Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new GELU().StateDict());
        Assert.Equal("GELU()", new GELU().ToString());
    }
}
