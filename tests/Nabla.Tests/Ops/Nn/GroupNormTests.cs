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
    ];

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
