using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Random;

public class RandomOpTests
{
    [Fact]
    public void Random_numbers_have_no_gradient() =>
        Assert.False(new UniformOp(new Shape(2), DType.Float32, 0).IsDifferentiable);

    [Fact]
    public void Integers_cannot_be_drawn_from_a_continuous_distribution() =>
        Assert.Contains("draws floating-point numbers", Assert.Throws<ArgumentException>(
            () => Tensor.Rand(new Shape(2), DType.Int64)).Message);

    [Fact]
    public void Floats_are_not_drawn_as_integers()
    {
        Fails("Rand: draws floating-point numbers, not int64; use RandInt or Bernoulli",
            () => Tensor.Rand([2], DType.Int64));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
