using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class IFusedConvolutionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_kinds_of_convolution_take_a_residual_and_limits(bool transposed)
    {
        var (x, w) = (Tensor.Randn(1, 2, 4, 4), Tensor.Randn(2, 2, 3, 3));
        var graph = Traces.Of(
            i => (transposed ? i[0].ConvTranspose2d(i[1]) : i[0].Conv2d(i[1])).Abs(), x, w);
        var conv = IFusedConvolution.Of(graph.Nodes[0])!;
        Assert.False(conv.HasResidual);
        Assert.Equal(Limits.None, conv.Limits);
        Assert.True(((IFusedConvolution)conv.WithResidual()).HasResidual);
        var limited = (IFusedConvolution)conv.Within(Limits.Relu);
        Assert.Equal(Limits.Relu, limited.Limits);
        Assert.Equal(new Limits(0, 6),
            ((IFusedConvolution)limited.Within(new(-1, 6))).Limits);
        Assert.Null(IFusedConvolution.Of(graph.Nodes[1]));
    }
}
