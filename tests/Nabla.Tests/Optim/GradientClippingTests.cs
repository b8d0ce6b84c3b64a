using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Tests.Optim;

public class GradientClippingTests
{
    [Fact]
    public void All_gradients_shrink_by_one_factor_as_in_PyTorch()
    {
        var (a, b, optimizer) = Make();
        Assert.Equal(13f, optimizer.ClipGradNorm(2).Item(), 1e-5f);
        Assert.Equal(
            [6f / 13, 8f / 13], a.Grad!.ToArray<float>(), (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(24f / 13, b.Grad!.Item(), 1e-6f);
    }

    [Fact]
    public void Small_gradients_stay()
    {
        var (a, b, optimizer) = Make();
        optimizer.ClipGradNorm(20);
        Assert.Equal([3f, 4f], a.Grad!.ToArray<float>());
        Assert.Equal(12f, b.Grad!.Item());
    }

    [Fact]
    public void Values_are_moved_into_the_interval()
    {
        var (a, b, optimizer) = Make();
        b.Grad = Tensor.From(-12f);
        optimizer.ClipGradValue(3.5);
        Assert.Equal([3f, 3.5f], a.Grad!.ToArray<float>());
        Assert.Equal(-3.5f, b.Grad!.Item());
    }

    [Fact]
    public void Without_gradients_the_norm_is_0() =>
        Assert.Equal(0f, new SGD([new ParameterGroup([Tensor.From(1f)])]).GradNorm().Item());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_bound_that_is_not_above_0_is_refused(double max)
    {
        var (_, _, optimizer) = Make();
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.ClipGradNorm(max));
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.ClipGradValue(max));
    }

    [Fact]
    public void A_bound_that_is_no_number_is_refused()
    {
        Fails("gradients are clipped to a bound above 0, but got NaN",
            () => new SGD(new Linear(2, 2)).ClipGradNorm(double.NaN));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    private static (Tensor A, Tensor B, Optimizer Optimizer) Make()
    {
        var a = Tensor.From(0f, 0f);
        var b = Tensor.From(0f);
        a.Grad = Tensor.From(3f, 4f);
        b.Grad = Tensor.From(12f);
        return (a, b, new SGD([new ParameterGroup([a, b])]));
    }
}
