using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class LeakyReLUTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("LeakyReLU", x => new LeakyReLU(0.2).Call(x[0]), "torch.nn.LeakyReLU(0.2)(x0)",
            Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new LeakyReLU(0.2).StateDict());
        Assert.Equal("LeakyReLU(negative_slope=0.2)", new LeakyReLU(0.2).ToString());
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("LeakyReLU: negativeSlope must be a finite number, got NaN",
            () => new LeakyReLU(double.NaN));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
