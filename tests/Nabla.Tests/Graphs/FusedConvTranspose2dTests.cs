using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class FusedConvTranspose2dTests
{
    [Theory]
    [InlineData(false, false, 2)]
    [InlineData(true, false, 2)]
    [InlineData(false, true, 1)]
    [InlineData(true, true, 1)]
    [InlineData(true, true, 2)]
    [InlineData(true, true, 3)]
    public void It_computes_the_transposed_convolution_and_what_follows(
        bool bias, bool residual, int stride)
    {
        // Stride 1 with these channels runs by the fast algorithm, 2 by direct sums.
        var (x, w) = (Tensor.Randn(3, 16, 9, 8), Tensor.Randn(16, 16, 3, 3));
        var b = bias ? Tensor.Randn(16) : null;
        Size2d extra = new(stride - 1, 0);
        var y = x.ConvTranspose2d(w, b, stride, 1, extra);
        var r = Tensor.Randn(y.Shape);
        var op = new FusedConvTranspose2d(
            new(stride, 1, 1, 1), extra, bias, residual, new(0, 1.5f));
        var fused = op.Apply([x, w, .. bias ? [b!] : Array.Empty<Tensor>(),
            .. residual ? [r] : Array.Empty<Tensor>()]);
        var expected = (residual ? y + r : y).Clamp(0, 1.5);
        Assert.Equal(expected.Shape, fused.Shape);
        Assert.True((expected - fused).Abs().Max().Item() < 1e-5);
    }

    [Fact]
    public void A_transposed_convolution_of_float32_is_one_without_anything_more()
    {
        var (x, w) = (Tensor.Randn(1, 2, 4, 4), Tensor.Randn(2, 3, 3, 3));
        var graph = Traces.Of(
            i => i[0].ConvTranspose2d(i[1], stride: 2, outputPadding: 1).Abs(), x, w);
        var fused = FusedConvTranspose2d.Of(graph.Nodes[0])!;
        Assert.Equal(new(new(2, 0, 1, 1), 1, false, false, Limits.None), fused);
        Assert.Null(FusedConvTranspose2d.Of(graph.Nodes[1]));
        Assert.Null(FusedConv2d.Of(graph.Nodes[0]));
    }

    [Fact]
    public void A_float64_one_stays_as_it_is()
    {
        var (x, w) = (Tensor.Randn(1, 2, 4, 4), Tensor.Randn(2, 3, 3, 3));
        var graph = Traces.Of(i => i[0].ConvTranspose2d(i[1]),
            x.To(DType.Float64), w.To(DType.Float64));
        Assert.Null(FusedConvTranspose2d.Of(graph.Nodes[0]));
    }
}
