using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class FusedConv2dTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void It_computes_the_convolution_and_what_follows(bool bias, bool residual)
    {
        var (x, w) = (Tensor.Randn(3, 4, 9, 8), Tensor.Randn(6, 2, 3, 3));
        var b = bias ? Tensor.Randn(6) : null;
        var y = x.Conv2d(w, b, stride: 2, padding: 1, groups: 2);
        var r = Tensor.Randn(y.Shape);
        var op = new FusedConv2d(new(2, 1, 1, 2), bias, residual, new(0, 1.5f));
        var fused = op.Apply([x, w, .. bias ? [b!] : Array.Empty<Tensor>(),
            .. residual ? [r] : Array.Empty<Tensor>()]);
        var expected = (residual ? y + r : y).Clamp(0, 1.5);
        Assert.Equal(expected.Shape, fused.Shape);
        Assert.True((expected - fused).Abs().Max().Item() < 1e-5);
    }

    [Fact]
    public void A_convolution_of_float32_is_one_without_anything_more()
    {
        var (x, w) = (Tensor.Randn(1, 2, 4, 4), Tensor.Randn(3, 2, 3, 3));
        var graph = Traces.Of(i => i[0].Conv2d(i[1]).Abs(), x, w);
        var fused = FusedConv2d.Of(graph.Nodes[0])!;
        Assert.Equal(new(new(1, 0, 1, 1), false, false, Limits.None), fused);
        Assert.Null(FusedConv2d.Of(graph.Nodes[1]));
    }
}
