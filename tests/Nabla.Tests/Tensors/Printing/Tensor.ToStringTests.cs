using Nabla.Tensors;

namespace Nabla.Tests.Tensors.Printing;

public class TensorToStringTests
{
    [Fact]
    public void A_tensor_in_a_string_is_its_elements() =>
        Assert.Equal("x = [1.  2.5]", $"x = {Tensor.From(1f, 2.5f)}");
}
