using Nabla.Nn;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class SigmoidTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("Sigmoid", x => new Sigmoid().Call(x[0]), "torch.nn.Sigmoid()(x0)",
            Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new Sigmoid().StateDict());
        Assert.Equal("Sigmoid()", new Sigmoid().ToString());
    }
}
