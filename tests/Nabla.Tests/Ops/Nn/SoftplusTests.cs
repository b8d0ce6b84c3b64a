using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;
using Nabla.Tests.Ops.Elementwise;

namespace Nabla.Tests.Ops.Nn;

public class SoftplusTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("softplus", x => x[0].Softplus(), "F.softplus(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("softplus, sharp", x => x[0].Softplus(3, 2), "F.softplus(x0, 3, 2)",
            Inputs.Normal(3, 4)),
        new OpCase("softplus of large numbers", x => x[0].Softplus(), "F.softplus(x0)",
            Inputs.Values(-1000, -50, 19.5, 21, 1000)),
        new OpCase("softplus of special values", x => x[0].Softplus(), "F.softplus(x0)",
            Special.Values),
    ];

    [Fact]
    public void Beta_is_positive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Ones(1).Softplus(0));

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Fails("Softplus: beta must be a positive number, got 0", () => Tensor.Ones(2).Softplus(0));
        Fails("Softplus: beta must be a positive number, got NaN",
            () => Tensor.Ones(2).Softplus(double.NaN));
        Fails("Softplus: threshold must be a number, got NaN",
            () => Tensor.Ones(2).Softplus(1, double.NaN));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
