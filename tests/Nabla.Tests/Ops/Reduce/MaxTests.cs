using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class MaxTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("max of all", x => x[0].Max(), "torch.max(x0)", Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers },
        new OpCase("max over the last", x => Both(x[0].Max(-1)), "torch.max(x0, -1)",
            Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers },
        new OpCase("max over the first, kept", x => Both(x[0].Max(0, keepDim: true)),
            "torch.max(x0, 0, keepdim=True)", Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers },
        new OpCase("max without dimension", x => Both(x[0].Max(0)), "torch.max(x0, 0)",
            Inputs.Normal()),
        new OpCase("max of equals", x => Both(x[0].Max(1)), "torch.max(x0, 1)",
            Inputs.Values([3, 3], 1, 1, 0, 0, 2, 2, double.NaN, 5, double.NaN)
            .Constant()),
        new OpCase("max to nothing", x => Both(x[0].Max(1)), "torch.max(x0, 1)",
            Inputs.Normal(0, 3)),
    ];

    [Fact]
    public void Nothing_has_no_largest_element()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 0).Max(1));
        Assert.Contains("(2, 0)", error.Message);
    }

    [Fact]
    public void Equals_give_the_gradient_to_the_first()
    {
        var x = Tensor.From(new float[,] { { 2, 2, 2 }, { 3, 3, 3 } });
        x.RequiresGrad = true;
        x.Max(1).Values.Sum().Backward();
        Assert.Equal([1f, 0f, 0f, 1f, 0f, 0f], x.Grad!.ToArray<float>());
    }

    private static Tensor[] Both((Tensor Values, Tensor Indices) y) => [y.Values, y.Indices];
}
