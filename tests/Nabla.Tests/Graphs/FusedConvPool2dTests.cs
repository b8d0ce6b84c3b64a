using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class FusedConvPool2dTests
{
    [Fact]
    public void It_counts_the_convolutions_work_and_names_its_parts()
    {
        var (x, w) = (Tensor.Randn(20, 2, 9, 10), Tensor.Randn(4, 2, 3, 3));
        var graph = new PoolingFusion().Run(Traces.Of(
            i => i[0].Conv2d(w).Tanh().AvgPool2d(2), x));
        var op = Assert.IsType<FusedConvPool2d>(graph.Nodes[0].Op);
        Assert.Equal("fused[Conv2d Tanh AvgPool2d]", op.Name);
        Assert.Equal(20 * 7 * 8 * 4 * 18, op.MultiplyAdds([x, w], []));
        Assert.NotEqual(op, op with { });
        Assert.False(op.IsDifferentiable);
    }
}
