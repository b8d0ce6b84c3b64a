using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Autograd.Arithmetic;

public class ElementwiseOpTests
{
    [Fact]
    public void Shapes_that_do_not_broadcast_are_named_with_the_op()
    {
        var error = Assert.Throws<ArgumentException>(
            () => AddOp.Instance.Apply(Tensor.Zeros(2, 3), Tensor.Zeros(4)));
        Assert.Contains("Add: the shapes (2, 3) and (4,) do not broadcast", error.Message);
    }

    [Fact]
    public void Sixteen_bit_floats_compute_in_float32()
    {
        // 1 + 2⁻¹¹ rounds to 1 in float16 (10 fraction bits): twice that is no more than 2.
        var x = Tensor.From((Half)1f, (Half)0.00048828125f);
        Assert.Equal(DType.Float32, AddOp.Instance.ComputeType([x, x]));
        Assert.Equal(DType.Float16, AddOp.Instance.Apply(x, x).DType);
    }
}
