using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Random;

public class RandIntTests : OpTests
{
    // What a seed gives is kept from version to version; the kernels' tests compare the generator
    // with its published vectors.
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("randint", _ => Tensor.RandInt(-5, 100, new Shape(4), new Generator(1)), "")
        {
            Reference = _ => [Tensor.From(95L, 50L, 7L, 35L)],
            DTypes = [DType.Int64],
            Differentiable = false,
            Capturable = false,
        },
    ];

    [Fact]
    public void Every_number_of_the_range_comes_and_no_other()
    {
        var x = Tensor.RandInt(-2, 3, new Shape(1000), new Generator(1)).ToArray<long>();
        Assert.Equal([-2L, -1, 0, 1, 2], x.Distinct().Order());
    }

    [Fact]
    public void An_empty_range_is_refused()
    {
        Fails("RandInt: the range [3, 3) is empty", () => Tensor.RandInt(3, 3, [2]));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
