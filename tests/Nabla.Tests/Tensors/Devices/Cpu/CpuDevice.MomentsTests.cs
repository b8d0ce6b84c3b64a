using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors.Devices.Cpu;

public class CpuDeviceMomentsTests
{
    [Fact]
    public void A_transposed_view_has_the_moments_of_its_columns()
    {
        var x = Tensor.From(new double[,] { { 1, 10 }, { 2, 30 }, { 6, 20 } });
        var variance = Tensor.Empty([2, 1], DType.Float64);
        var mean = Tensor.Empty([2, 1], DType.Float64);
        CpuDevice.Instance.Moments(x.T, 1, variance, mean);
        Assert.Equal([7, 100], variance.ToArray<double>());
        Assert.Equal([3, 20], mean.ToArray<double>());
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void Sixteen_bit_floats_have_moments(DType type)
    {
        var x = Tensor.From(1f, 2f, 6f).To(type);
        var variance = Tensor.Empty([1], type);
        var mean = Tensor.Empty([1], type);
        CpuDevice.Instance.Moments(x, 1, variance, mean);
        Assert.Equal(7, variance.Item());
        Assert.Equal(3, mean.Item());
    }
}
