using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class ReLU6Tests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("ReLU6", x => new ReLU6().Call(x[0] * 5), "torch.nn.ReLU6()(x0 * 5)",
            Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void Gradients_pass_strictly_between_the_limits()
    {
        var x = Tensor.From([-1f, 0, 3, 6, 7, float.NaN]);
        x.RequiresGrad = true;
        var y = new ReLU6().Call(x);
        Assert.Equal([0, 0, 3, 6, 6, float.NaN], y.ToArray<float>());
        y.Sum().Backward();
        Assert.Equal([0f, 0, 1, 0, 0], x.Grad!.ToArray<float>()[..5]);
    }

    [Fact]
    public void It_has_no_state_and_prints_its_settings()
    {
        Assert.Empty(new ReLU6().StateDict());
        Assert.Equal("ReLU6()", new ReLU6().ToString());
    }
}
