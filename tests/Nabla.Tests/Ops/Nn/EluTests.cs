using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;
using Nabla.Tests.Ops.Elementwise;

namespace Nabla.Tests.Ops.Nn;

public class EluTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("elu", x => x[0].Elu(), "F.elu(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("elu, deeper", x => x[0].Elu(2.5), "F.elu(x0, 2.5)", Inputs.Normal(3, 4)),
        new OpCase("elu of large numbers", x => x[0].Elu(), "F.elu(x0)",
            Inputs.Values(-1000, 1000)),
        new OpCase("elu of special values", x => x[0].Elu(), "F.elu(x0)", Special.Values),
    ];

    [Fact]
    public void A_scale_that_is_no_number_is_refused()
    {
        Fails("Elu: alpha must be a finite number, got NaN", () => Tensor.Ones(2).Elu(double.NaN));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
