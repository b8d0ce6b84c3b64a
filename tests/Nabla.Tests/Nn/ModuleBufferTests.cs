using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class ModuleBufferTests
{
    [Fact]
    public void A_buffer_is_a_tensor_without_a_gradient()
    {
        var buffer = new ModuleBuffer(Tensor.From(1f, 2f));
        Assert.False(buffer.RequiresGrad);
        Assert.True(buffer.IsPersistent);
        buffer.Assign(Tensor.From(3f));
        Assert.Equal([3f, 3f], buffer.ToArray<float>());
    }

    [Fact]
    public void A_buffer_may_stay_out_of_the_state_dict() =>
        Assert.False(new ModuleBuffer(Tensor.From(1f), persistent: false).IsPersistent);
}
