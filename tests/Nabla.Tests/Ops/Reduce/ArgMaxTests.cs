using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class ArgMaxTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("argmax of all", x => x[0].ArgMax(), "torch.argmax(x0)",
            Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers, Differentiable = false },
        new OpCase("argmax over the last", x => x[0].ArgMax(-1), "torch.argmax(x0, -1)",
            Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers, Differentiable = false },
        new OpCase("argmax over the first, kept", x => x[0].ArgMax(0, keepDim: true),
            "torch.argmax(x0, 0, keepdim=True)", Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers, Differentiable = false },
        new OpCase("argmax without dimension", x => x[0].ArgMax(0), "torch.argmax(x0, 0)",
            Inputs.Distinct(-3, 3))
        { Differentiable = false },
        new OpCase("argmax to nothing", x => x[0].ArgMax(1), "torch.argmax(x0, 1)",
            Inputs.Normal(0, 3))
        { Differentiable = false },
        new OpCase("argmax of equals", x => x[0].ArgMax(1), "torch.argmax(x0, 1)",
            Inputs.Values([3, 3], 1, 1, 0, 0, 2, 2, double.NaN, 5, double.NaN))
        { Differentiable = false },
    ];

    [Fact]
    public void Nothing_has_no_largest_element()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 0).ArgMax(1));
        Assert.Contains("(2, 0)", error.Message);
    }
}
