using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Tensors.Devices.Cpu;

public class CpuDeviceSequenceTests
{
    [Fact]
    public void Every_type_counts() => Assert.All(
        [DType.Float32, DType.Float64, DType.Float16, DType.BFloat16, DType.Int64, DType.Int32,
            DType.UInt8],
        type =>
        {
            var y = Tensor.Empty([2, 3], type);
            CpuDevice.Instance.Sequence(3, 2, 13, y);
            Assert.Equal([3, 5, 7, 9, 11, 13], y.Numbers());
        });
}
