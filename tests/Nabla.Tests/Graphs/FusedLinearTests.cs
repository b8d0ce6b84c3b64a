using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class FusedLinearTests
{
    [Fact]
    public void It_ends_with_the_relu()
    {
        var (x, w, b) = (Tensor.Randn(7, 5), Tensor.Randn(9, 5), Tensor.Randn(9));
        Assert.Equal(x.Linear(w, b).Relu().ToArray<float>(),
            new FusedLinear().Apply(x, w, b).ToArray<float>());
        Assert.Equal(x.Linear(w).Relu().ToArray<float>(),
            new FusedLinear().Apply(x, w).ToArray<float>());
    }
}
