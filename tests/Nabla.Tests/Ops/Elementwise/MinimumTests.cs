using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class MinimumTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("minimum", x => x[0].Minimum(x[1]), "torch.minimum(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("minimum of what is no number", x => x[0].Minimum(x[1]),
            "torch.minimum(x0, x1)",
            Inputs.Values(double.NaN, 1, double.NegativeInfinity).Constant(),
            Inputs.Values(0, double.NaN, double.PositiveInfinity).Constant()),
    ];

    [Fact]
    public void Equals_share_the_gradient()
    {
        var x = Tensor.From(1f, 2f, 3f);
        var y = Tensor.From(1f, 1f, 4f);
        x.RequiresGrad = y.RequiresGrad = true;
        x.Minimum(y).Sum().Backward();
        Assert.Equal([0.5f, 0f, 1f], x.Grad!.ToArray<float>());
        Assert.Equal([0.5f, 1f, 0f], y.Grad!.ToArray<float>());
    }
}
