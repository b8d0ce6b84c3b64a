using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors.Devices.Cpu;

public class CpuDeviceIndexAddTests
{
    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.UInt8)]
    public void Every_type_is_added_where_the_indices_say(DType type)
    {
        var y = Tensor.Ones([3, 2], type);
        var source = Tensor.Arange(4).Reshape(2, 2).To(type);
        CpuDevice.Instance.IndexAdd(source, 0, Tensor.From(2L, 2L), y);
        Assert.Equal([1L, 1, 1, 1, 3, 5], y.To(DType.Int64).ToArray<long>());
    }
}
