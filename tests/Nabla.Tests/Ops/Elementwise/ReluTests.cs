using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class ReluTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("relu", x => x[0].Relu(), "torch.relu(x0)", Inputs.Normal(3, 4))
        { DTypes = Types.Numbers }.Elementwise(),
        new OpCase("relu at its edges", x => x[0].Relu(), "torch.relu(x0)", Special.Values),
    ];

    [Fact]
    public void The_slope_at_zero_is_zero()
    {
        var x = Tensor.From(0f, -2f, 3f);
        x.RequiresGrad = true;
        x.Relu().Sum().Backward();
        Assert.Equal([0f, 0f, 1f], x.Grad!.ToArray<float>());
    }
}
