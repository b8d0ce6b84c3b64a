using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class MinTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("min of all", x => x[0].Min(), "torch.min(x0)", Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers },
        new OpCase("min over the last", x => Both(x[0].Min(-1)), "torch.min(x0, -1)",
            Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers },
        new OpCase("min over the first, kept", x => Both(x[0].Min(0, keepDim: true)),
            "torch.min(x0, 0, keepdim=True)", Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers },
        new OpCase("min without dimension", x => Both(x[0].Min(0)), "torch.min(x0, 0)",
            Inputs.Normal()),
        new OpCase("min of equals", x => Both(x[0].Min(1)), "torch.min(x0, 1)",
            Inputs.Values([3, 3], 1, 1, 0, 0, 2, 2, double.NaN, 5, double.NaN)
            .Constant()),
        new OpCase("min to nothing", x => Both(x[0].Min(1)), "torch.min(x0, 1)",
            Inputs.Normal(0, 3)),
    ];

    [Fact]
    public void Nothing_has_no_smallest_element()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 0).Min(1));
        Assert.Contains("(2, 0)", error.Message);
    }

    [Fact]
    public void Equals_give_the_gradient_to_the_first()
    {
        var x = Tensor.From(new float[,] { { 2, 2, 2 }, { 3, 3, 3 } });
        x.RequiresGrad = true;
        x.Min(1).Values.Sum().Backward();
        Assert.Equal([1f, 0f, 0f, 1f, 0f, 0f], x.Grad!.ToArray<float>());
    }

    private static Tensor[] Both((Tensor Values, Tensor Indices) y) => [y.Values, y.Indices];
}
