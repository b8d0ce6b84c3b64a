using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Elementwise;

public class ElementwiseTests
{
    [Fact]
    public void A_number_never_widens_a_float_tensor() =>
        Assert.Equal(DType.Float32, (Tensor.From(1f) * 2.0).DType);

    [Fact]
    public void A_float_number_turns_integers_into_float32() =>
        Assert.Equal(DType.Float32, (Tensor.From(1) * 2.5).DType);

    [Fact]
    public void Integers_divide_in_float32()
    {
        var y = Tensor.From(1, 3) / Tensor.From(2, 2);
        Assert.Equal(DType.Float32, y.DType);
        Assert.Equal([0.5f, 1.5f], y.ToArray<float>());
    }

    [Fact]
    public void Shapes_that_do_not_broadcast_are_named_with_the_op() =>
        Assert.Contains("Add: the shapes (2, 3) and (4,) do not broadcast",
            Assert.Throws<ArgumentException>(
                () => Tensor.Zeros(2, 3) + Tensor.Zeros(4)).Message);

    [Fact]
    public void A_number_is_rounded_once_to_the_tensors_type() =>
        Assert.Equal(0.1, (Tensor.Scalar(0.0) + 0.1).Item<double>());
}
