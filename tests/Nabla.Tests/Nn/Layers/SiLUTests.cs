using Nabla.Nn;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class SiLUTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("SiLU", x => new SiLU().Call(x[0]), "torch.nn.SiLU()(x0)",
            Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new SiLU().StateDict());
        Assert.Equal("SiLU()", new SiLU().ToString());
    }
}
