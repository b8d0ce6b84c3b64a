using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class GeluTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("gelu", x => x[0].Gelu(), "F.gelu(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("gelu by tanh", x => x[0].Gelu("tanh"), "F.gelu(x0, approximate='tanh')",
            Inputs.Normal(3, 4))
            .Elementwise(),
    ];

    [Fact]
    public void Another_approximation_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.Ones(1).Gelu("sigmoid"));
        Assert.Contains("sigmoid", error.Message);
    }

    [Fact]
    public void An_unknown_approximation_is_named()
    {
        Fails("Gelu: approximate is \"none\" or \"tanh\", got \"fast\"",
            () => Tensor.Ones(2).Gelu("fast"));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
