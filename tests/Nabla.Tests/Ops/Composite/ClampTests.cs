using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class ClampTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("clamp", x => x[0].Clamp(-1, 1), "torch.clamp(x0, -1, 1)", Inputs.Normal(3, 4))
        { DTypes = Types.Signed }.Elementwise(),
        new OpCase("clamp from below", x => x[0].Clamp(low: 0.5), "torch.clamp(x0, min=0.5)",
            Inputs.Normal(3, 4))
        { DTypes = Types.Signed },
        new OpCase("clamp from above", x => x[0].Clamp(high: 0.5), "torch.clamp(x0, max=0.5)",
            Inputs.Normal(3, 4))
        { DTypes = Types.Signed },
        new OpCase("clamp by tensors", x => x[0].Clamp(x[1], x[2]),
            "torch.minimum(torch.maximum(x0, x1), x2)",
            Inputs.Normal(3, 4), Inputs.Uniform(-2, 0, 3, 4), Inputs.Uniform(0, 2, 3, 4))
            .Elementwise(),
        new OpCase("clamp between crossed limits", x => x[0].Clamp(1, -1), "torch.clamp(x0, 1, -1)",
            Inputs.Normal(3, 4)),
        new OpCase("clamp of what is no number", x => x[0].Clamp(-1, 1), "torch.clamp(x0, -1, 1)",
            Inputs.Values(double.NaN, double.PositiveInfinity, double.NegativeInfinity).Constant()),
    ];

    [Fact]
    public void At_the_limits_the_gradient_passes()
    {
        var x = Tensor.From(-2f, -1f, 0f, 1f, 2f);
        x.RequiresGrad = true;
        x.Clamp(-1, 1).Sum().Backward();
        Assert.Equal([0f, 1f, 1f, 1f, 0f], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void One_limit_is_needed() =>
        Assert.Throws<ArgumentException>(() => Tensor.Ones(1).Clamp());

    [Fact]
    public void A_limit_is_needed()
    {
        Fails("Clamp: needs a lower limit, an upper limit, or both", () => Tensor.Ones(2).Clamp());

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
