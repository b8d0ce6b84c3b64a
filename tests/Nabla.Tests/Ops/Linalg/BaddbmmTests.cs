using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class BaddbmmTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("baddbmm", x => x[0].Baddbmm(x[1], x[2]), "torch.baddbmm(x0, x1, x2)",
            Inputs.Normal(2, 3, 4), Inputs.Normal(2, 3, 5), Inputs.Normal(2, 5, 4))
            .Also(Inputs.Normal(4), Inputs.Normal(2, 3, 5), Inputs.Normal(2, 5, 4)),
        new OpCase("scaled", x => x[0].Baddbmm(x[1], x[2], 0.5, -2),
            "torch.baddbmm(x0, x1, x2, beta=0.5, alpha=-2)",
            Inputs.Normal(2, 3, 4), Inputs.Normal(2, 3, 5), Inputs.Normal(2, 5, 4)),
        new OpCase("without x", x => x[0].Baddbmm(x[1], x[2], 0),
            "torch.baddbmm(x0, x1, x2, beta=0)",
            Inputs.Values(double.NaN).Constant(), Inputs.Normal(2, 3, 5), Inputs.Normal(2, 5, 4)),
    ];

    [Fact]
    public void A_sum_that_does_not_fit_is_named() => Throws(
        "Baddbmm: the shape (7,) does not broadcast to the product's (2, 3, 4)",
        () => Tensor.Zeros(7).Baddbmm(Tensor.Zeros(2, 3, 5), Tensor.Zeros(2, 5, 4)));

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
