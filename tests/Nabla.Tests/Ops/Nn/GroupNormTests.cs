using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class GroupNormTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("group norm", x => x[0].GroupNorm(2, x[1], x[2]),
            "F.group_norm(x0, 2, x1, x2)",
            Inputs.Normal(2, 4, 3, 2), Inputs.Normal(4), Inputs.Normal(4)) { Tolerance = 2e-5 },
        new OpCase("group norm without weight", x => x[0].GroupNorm(3), "F.group_norm(x0, 3)",
            Inputs.Normal(2, 6, 5)) { Tolerance = 2e-5 },
        new OpCase("group norm of vectors", x => x[0].GroupNorm(3, x[1], x[2], 0.1),
            "F.group_norm(x0, 3, x1, x2, 0.1)",
            Inputs.Normal(3, 9), Inputs.Normal(9), Inputs.Normal(9)),
        new OpCase("group norm of volumes", x => x[0].GroupNorm(1, x[1], x[2]),
            "F.group_norm(x0, 1, x1, x2)",
            Inputs.Normal(2, 3, 2, 3, 3), Inputs.Normal(3), Inputs.Normal(3))
            { Tolerance = 2e-5 },
        new OpCase("group norm of each channel", x => x[0].GroupNorm(3, x[1], x[2]),
            "F.instance_norm(x0, weight=x1, bias=x2)",
            Inputs.Normal(2, 3, 5, 7), Inputs.Normal(3), Inputs.Normal(3)) { Tolerance = 2e-5 },
    ];

    [Fact]
    public void A_batch_may_be_empty()
    {
        Tensor x = Tensor.Zeros(0, 4, 3), w = Tensor.Ones(4), b = Tensor.Ones(4);
        w.RequiresGrad = b.RequiresGrad = true;
        var y = x.GroupNorm(2, w, b);
        Assert.Equal(new Shape(0, 4, 3), y.Shape);
        y.Sum().Backward();
        Assert.Equal(new float[4], w.Grad!.ToArray<float>());
        Assert.Equal(new float[4], b.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_weight_has_a_number_a_channel_and_comes_with_a_bias()
    {
        Fails("GroupNorm: the input (2, 4, 3) has 4 channels, but weight or bias is (2,)",
            () => Tensor.Zeros(2, 4, 3).GroupNorm(2, Tensor.Zeros(2), Tensor.Zeros(4)));
        Fails("GroupNorm takes both weight and bias, or neither",
            () => Tensor.Zeros(2, 4, 3).GroupNorm(2, Tensor.Zeros(4)));

        static void Fails(string says, Func<object> action) => Assert.Equal(says,
            Assert.Throws<ArgumentException>(action).Message);
    }

    [Fact]
    public void Groups_must_divide_the_channels() => Assert.Equal(
        "GroupNorm expects (N, C, …) with C a multiple of 2 groups, but got (2, 3)",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 3).GroupNorm(2)).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Fails("GroupNorm: epsilon must be a number from 0 up, got -1",
            () => Tensor.Ones(2, 3).GroupNorm(1, epsilon: -1));
        Fails("GroupNorm computes in float32 or float64 but got int64",
            () => Tensor.Ones(2, 3).Long().GroupNorm(1));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
