using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;
using Nabla.Tests.Ops.Elementwise;

namespace Nabla.Tests.Ops.Nn;

public class GeluTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("gelu", x => x[0].Gelu(), "F.gelu(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("gelu of large numbers", x => x[0].Gelu(), "F.gelu(x0)",
            Inputs.Values(-1000, -20, -7.5, 7.5, 1000)),
        new OpCase("gelu of special values", x => x[0].Gelu(), "F.gelu(x0)", Special.Values),
    ];

    /// <summary>Expected values: mpmath with 50 digits.</summary>
    [Fact]
    public void The_lower_tail_keeps_its_digits()
    {
        var y = Tensor.From(-5f, -9f, -12f).Gelu().ToArray<float>();
        Assert.Equal(1, y[0] / -1.4332578593959696e-6, 6);
        Assert.Equal(1, y[1] / -1.0157295653584566e-18, 6);
        Assert.Equal(1, y[2] / -2.1317785344932148e-32, 6);
    }

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
