using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;
using Nabla.Tests.Ops.Elementwise;

namespace Nabla.Tests.Ops.Nn;

public class LeakyReluTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("leaky relu", x => x[0].LeakyRelu(), "F.leaky_relu(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("leaky relu, steeper", x => x[0].LeakyRelu(0.3), "F.leaky_relu(x0, 0.3)",
            Inputs.Normal(3, 4)),
        new OpCase("leaky relu of special values", x => x[0].LeakyRelu(), "F.leaky_relu(x0)",
            Special.Values),
    ];

    [Fact]
    public void A_slope_that_is_no_number_is_refused()
    {
        Fails("LeakyRelu: negativeSlope must be a finite number, got NaN",
            () => Tensor.Ones(2).LeakyRelu(double.NaN));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
