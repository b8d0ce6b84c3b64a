using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class WhereTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("where", x => Tensor.Where(x[0], x[1], x[2]), "torch.where(x0, x1, x2)",
            Inputs.Bools(3, 4), Inputs.Normal(3, 4), Inputs.Normal(3, 4)),
        new OpCase("clamp", x => x[0].Clamp(-1, 1), "torch.clamp(x0, -1, 1)", Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void A_condition_that_is_no_truth_value_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Tensor.Where(Tensor.From(1f), Tensor.From(1f), Tensor.From(2f)));
        Assert.Contains("the condition must be Bool", error.Message);
    }
}
