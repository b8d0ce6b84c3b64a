using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Create;

public class EyeTests
{
    [Fact]
    public void Ones_are_on_the_diagonal()
    {
        Assert.Equal([1f, 0, 0, 1], Tensor.Eye(2).ToArray<float>());
        Assert.Equal([1L, 0, 0, 0, 1, 0], Tensor.Eye(2, 3, DType.Int64).ToArray<long>());
        Assert.Equal([1.0, 0, 0, 1, 0, 0], Tensor.Eye(3, 2, DType.Float64).ToArray<double>());
        Assert.Equal(new Shape(0, 2), Tensor.Eye(0, 2).Shape);
    }

    [Fact]
    public void A_negative_size_is_named() => Assert.Contains("got (-1, -1)",
        Assert.Throws<ArgumentException>(() => Tensor.Eye(-1)).Message);
}
