using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Tests.Autograd;

public class TensorSpecTests
{
    [Fact]
    public void A_spec_is_equal_for_tensors_of_one_shape_and_type()
    {
        var spec = TensorSpec.Of(Tensor.From([1f, 2f], [2, 1]));
        Assert.Equal(new TensorSpec([2, 1], DType.Float32), spec);
        Assert.NotEqual(spec, TensorSpec.Of(Tensor.From(1f, 2f)));
        Assert.NotEqual(spec, TensorSpec.Of(Tensor.From([1.0, 2.0], [2, 1])));
    }
}
