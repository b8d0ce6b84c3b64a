using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors.Devices.Cpu;

public class CpuDeviceMatMulTests
{
    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.UInt8)]
    public void Every_type_is_multiplied(DType type)
    {
        var a = Tensor.Arange(6).Reshape(2, 3).To(type);
        var b = Tensor.Arange(6).Reshape(3, 2).To(type);
        Assert.Equal([10L, 13, 28, 40], a.MatMul(b).To(DType.Int64).ToArray<long>());
    }

    [Fact]
    public void Batches_of_two_dimensions_may_be_broadcast_views()
    {
        var a = Tensor.Arange(24).Reshape(2, 3, 2, 2).To(DType.Float32);
        var b = Tensor.Arange(4).Reshape(2, 2).To(DType.Float32).T;
        var y = a.MatMul(b.Expand(2, 3, 2, 2));
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(a[i / 3, i % 3].MatMul(b).ToArray<float>(),
                y[i / 3, i % 3].ToArray<float>());
        }
    }
}
