using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Random;

public class RandIntTests
{
    [Fact]
    public void Every_number_of_the_range_comes_and_no_other()
    {
        var x = Tensor.RandInt(-2, 3, new Shape(1000), new Generator(1)).ToArray<long>();
        Assert.Equal([-2L, -1, 0, 1, 2], x.Distinct().Order());
    }

    [Fact]
    public void An_empty_range_is_refused() => Assert.Contains("is empty",
        Assert.Throws<ArgumentException>(() => Tensor.RandInt(3, 3, new Shape(1))).Message);
}
