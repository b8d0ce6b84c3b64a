using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Loss;

public class BceWithLogitsTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("bce_with_logits", x => x[0].BceWithLogits(x[1]),
            "F.binary_cross_entropy_with_logits(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Uniform(0, 1, 3, 4)),
        new OpCase("bce_with_logits weighted",
            x => x[0].BceWithLogits(x[1], x[2], x[3], Reduction.None),
            "F.binary_cross_entropy_with_logits(x0, x1, x2, pos_weight=x3, reduction='none')",
            Inputs.Normal(3, 4), Inputs.Uniform(0, 1, 3, 4).Constant(),
            Inputs.Uniform(0.5, 2, 3, 1).Constant(), Inputs.Uniform(0.5, 2, 4).Constant()),
    ];

    [Fact]
    public void Large_logits_do_not_overflow() => Assert.Equal([1e4f, 0f, 0f],
        Tensor.From(1e4f, 1e4f, -1e4f)
            .BceWithLogits(Tensor.From(0f, 1f, 0f), reduction: Reduction.None).ToArray<float>());

    [Fact]
    public void The_gradient_at_zero_is_one_half_less_the_target()
    {
        var x = Tensor.From(0f);
        x.RequiresGrad = true;
        x.BceWithLogits(Tensor.From(1f)).Backward();
        Assert.Equal([-0.5f], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void Shapes_must_be_equal() => Assert.Contains("BceWithLogits expects",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(3, 1).BceWithLogits(Tensor.Zeros(3))).Message);
}
