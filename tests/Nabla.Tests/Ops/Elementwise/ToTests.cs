using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Elementwise;

public class ToTests
{
    [Fact]
    public void Floats_become_integers_by_truncation() =>
        Assert.Equal([1L, -1, 0], Tensor.From(1.9f, -1.9f, 0.5f).Long().ToArray<long>());

    [Fact]
    public void The_same_type_is_the_same_tensor()
    {
        var x = Tensor.From(1f);
        Assert.Same(x, x.Float());
    }

    [Fact]
    public void A_gradient_comes_back_in_the_first_type()
    {
        var x = Tensor.From(1f, 2f);
        x.RequiresGrad = true;
        (x.Double() * 3).Sum().Backward();
        Assert.Equal([3f, 3f], x.Grad!.ToArray<float>());
    }
}
