using Nabla.Nn;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class SoftmaxTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("Softmax", x => new Softmax(0).Call(x[0]), "torch.nn.Softmax(0)(x0)",
            Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new Softmax(0).StateDict());
        Assert.Equal("Softmax(dim=0)", new Softmax(0).ToString());
    }
}
