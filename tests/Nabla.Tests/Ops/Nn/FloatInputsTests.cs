using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Nn;

public class FloatInputsTests
{
    [Fact]
    public void Other_types_and_mixtures_are_refused()
    {
        FloatInputs.Check("Conv2d", [Tensor.From(1f), Tensor.From(2f)]);
        Assert.Equal(
            "Conv2d computes in float32 or float64 but got int32; convert with "
            + "To(DType.Float32) first",
            Assert.Throws<ArgumentException>(
                () => FloatInputs.Check("Conv2d", [Tensor.From(1)])).Message);
        Assert.Equal(
            "Conv2d: the inputs are float32 and float64; convert one with To(dtype) first",
            Assert.Throws<ArgumentException>(
                () => FloatInputs.Check("Conv2d", [Tensor.From(1f), Tensor.From(1.0)])).Message);
    }
}
