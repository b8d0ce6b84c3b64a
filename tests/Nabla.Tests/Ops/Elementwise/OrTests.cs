using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class OrTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("bitwise or", x => x[0] | x[1], "x0 | x1",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.Whole, Differentiable = false }.Elementwise(),
        new OpCase("bitwise or as a method", x => x[0].BitwiseOr(x[1]), "x0 | x1",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.Whole, Differentiable = false },
        new OpCase("logical or", x => x[0].LogicalOr(x[1]), "torch.logical_or(x0, x1)",
            Inputs.Values(0, 1, 0, -2.5, 0.25), Inputs.Values(0, 0, 3, 1, 0.5))
        { DTypes = [.. Types.Signed, DType.Bool], Differentiable = false },
    ];

    [Fact]
    public void Floats_have_no_bits()
    {
        var x = Tensor.From(1f);
        var error = Assert.Throws<ArgumentException>(() => x | x);
        Assert.Contains("float32", error.Message);
    }
}
