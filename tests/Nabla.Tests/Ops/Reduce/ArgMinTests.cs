using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class ArgMinTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("argmin of all", x => x[0].ArgMin(), "torch.argmin(x0)",
            Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers, Differentiable = false },
        new OpCase("argmin over the last", x => x[0].ArgMin(-1), "torch.argmin(x0, -1)",
            Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers, Differentiable = false },
        new OpCase("argmin over the first, kept", x => x[0].ArgMin(0, keepDim: true),
            "torch.argmin(x0, 0, keepdim=True)", Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers, Differentiable = false },
        new OpCase("argmin without dimension", x => x[0].ArgMin(0), "torch.argmin(x0, 0)",
            Inputs.Distinct(-3, 3))
        { Differentiable = false },
        new OpCase("argmin to nothing", x => x[0].ArgMin(1), "torch.argmin(x0, 1)",
            Inputs.Normal(0, 3))
        { Differentiable = false },
        new OpCase("argmin of equals", x => x[0].ArgMin(1), "torch.argmin(x0, 1)",
            Inputs.Values([3, 3], 1, 1, 0, 0, 2, 2, double.NaN, 5, double.NaN))
        { Differentiable = false },
    ];

    [Fact]
    public void Nothing_has_no_smallest_element()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 0).ArgMin(1));
        Assert.Contains("(2, 0)", error.Message);
    }
}
