using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class TensorAccessTests
{
    [Fact]
    public void Elements_go_in_and_come_out()
    {
        Assert.Equal([1f, 2f], Tensor.From(1f, 2f).ToArray<float>());
        Assert.Equal([1L, 2L], Tensor.From([1L, 2L], [2, 1]).ToArray<long>());
        Assert.Equal([true, false], Tensor.From(true, false).ToArray<bool>());
        Assert.Equal([1, 2, 3, 4, 5, 6],
            Tensor.From(new[,] { { 1, 2, 3 }, { 4, 5, 6 } }).ToArray<int>());
        Assert.Equal([2, 3], Tensor.From(new[,] { { 1, 2, 3 }, { 4, 5, 6 } }).Shape);
        Assert.Equal(7.0, Tensor.Scalar(7.0).Item<double>());
        Assert.Equal((Half)1.5f, Tensor.From((Half)1.5f).ToArray<Half>()[0]);
        Assert.Empty(Tensor.Empty([0, 3]).ToArray<float>());
    }

    [Fact]
    public void From_needs_as_many_values_as_the_shape_has()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.From([1f, 2f], [3]));
        Assert.Contains("2 values do not fill the shape (3,), which has 3", error.Message);
    }

    [Fact]
    public void The_element_type_must_be_asked_for()
    {
        var x = Tensor.From(1f);
        foreach (var read in new Action[]
        {
            () => x.ToArray<double>(), () => x.AsSpan<int>(), () => x.AsTensorSpan<long>(),
        })
        {
            Assert.Contains("convert with To", Assert.Throws<ArgumentException>(read).Message);
        }
        Assert.Equal(1, Tensor.From(true).AsSpan<byte>()[0]);
    }

    [Fact]
    public void A_span_is_the_tensors_own_memory()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f], [2, 2]);
        x.AsSpan<float>()[2] = 9;
        Assert.Equal([1f, 2f, 9f, 4f], x.ToArray<float>());
        var error = Assert.Throws<InvalidOperationException>(() => x.T.AsSpan<float>());
        Assert.Contains("AsSpan needs contiguous elements, but this tensor (2, 2) is a strided "
            + "view; call Contiguous() first", error.Message);
    }

    [Fact]
    public void A_tensor_span_has_the_tensors_strides()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]);
        var span = x.T.AsTensorSpan<float>();
        Assert.Equal(2, span.Rank);
        Assert.Equal(4f, span[0, 1]);
        span[2, 0] = 30;
        Assert.Equal([1f, 2f, 30f, 4f, 5f, 6f], x.ToArray<float>());
        Assert.True(Tensor.Empty([0]).AsTensorSpan<float>().IsEmpty);
    }

    [Theory]
    [InlineData(DType.Float32, 2.5)]
    [InlineData(DType.Float64, 2.5)]
    [InlineData(DType.Float16, 2.5)]
    [InlineData(DType.BFloat16, 2.5)]
    [InlineData(DType.Int64, 2)]
    [InlineData(DType.Int32, 2)]
    [InlineData(DType.UInt8, 2)]
    [InlineData(DType.Bool, 1)]
    public void Item_reads_every_type(DType type, double expected)
    {
        var x = Tensor.Empty([1, 1], type);
        x.Device.Copy(Tensor.From(2.5), x);
        Assert.Equal(expected, x.Item<double>());
        Assert.Equal((float)expected, x.Item());
        Assert.True(x.IsTrue());
    }

    [Fact]
    public void Item_needs_one_element()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Tensor.From(1f, 2f).Item());
        Assert.Contains("(2,) with 2; index or reduce it first", error.Message);
        Assert.Equal(3f, Tensor.From([1f, 2f, 3f, 4f], [2, 2])
            .Alias(new Layout([], [], 2)).Item());
    }

    [Fact]
    public void A_csharp_number_is_weak()
    {
        Tensor two = 2.5;
        Assert.True(two.IsWeak);
        Assert.Equal(2.5, two.WeakValue);
        Assert.Equal(DType.Float32, two.DType);
        Assert.Equal(DType.Int64, ((Tensor)2).DType);
        Assert.Equal(DType.Int64, ((Tensor)2L).DType);
    }
}
