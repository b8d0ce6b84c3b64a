using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Create;

public class FilledTests
{
    [Fact]
    public void Zeros_and_ones_fill_their_shape()
    {
        Assert.Equal(new float[6], Tensor.Zeros(2, 3).ToArray<float>());
        Assert.Equal([1L, 1], Tensor.Ones(new Shape(2), DType.Int64).ToArray<long>());
        Assert.Empty(Tensor.Zeros(0, 3).ToArray<float>());
    }

    [Fact]
    public void Alike_tensors_share_shape_and_type()
    {
        var x = Tensor.ZerosLike(Tensor.From(1.5, 2.5));
        Assert.Equal((DType.Float64, new Shape(2)), (x.DType, x.Shape));
        Assert.Equal([1.0, 1.0], Tensor.OnesLike(x).ToArray<double>());
    }

    [Fact]
    public void No_integer_is_NaN_or_infinite()
    {
        Fails("Full: int64 holds whole numbers, not NaN",
            () => Tensor.Full([2], double.NaN, DType.Int64));
        Fails("Full: uint8 holds whole numbers, not Infinity",
            () => Tensor.Full([2], double.PositiveInfinity, DType.UInt8));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
