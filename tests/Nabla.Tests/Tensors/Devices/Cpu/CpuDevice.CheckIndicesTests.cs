using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors.Devices.Cpu;

public class CpuDeviceCheckIndicesTests
{
    [Fact]
    public void An_index_that_leaves_the_dimension_is_named_with_its_place()
    {
        var x = Tensor.Zeros(4, 2);
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => x.IndexSelect(0, Tensor.From(1L, 4L)));
        Assert.Contains("index 4 (element 1 of the indices) leaves a dimension of 4 elements; "
            + "expected 0 … 3", error.Message);
        error = Assert.Throws<ArgumentOutOfRangeException>(() => x[Tensor.From(-5L)]);
        Assert.Contains("expected -4 … 3", error.Message);
    }
}
