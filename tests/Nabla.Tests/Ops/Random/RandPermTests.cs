using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Random;

public class RandPermTests
{
    [Fact]
    public void Each_number_comes_once()
    {
        var x = Tensor.RandPerm(100, new Generator(1)).ToArray<long>();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), x.Order());
        Assert.NotEqual(x.Order(), x);
    }
}
