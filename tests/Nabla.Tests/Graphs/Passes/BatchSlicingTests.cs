using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class BatchSlicingTests
{
    private static readonly Tensor Stem;
    private static readonly Tensor W;
    private static readonly Tensor Last;

    /// <summary>Before any trace: what a trace draws has no value.</summary>
    static BatchSlicingTests()
    {
        Stem = Tensor.Randn(24, 3, 3, 3);
        W = Tensor.Randn(24, 24, 1, 1);
        Last = Tensor.Randn(24, 24, 3, 3);
    }

    [Theory]
    [InlineData(8, 160, "8 slices Permute Dense")]
    [InlineData(12, 100, "3 slices Permute Dense")]
    [InlineData(8, 20, "Conv2d Conv2d Conv2d Permute Dense")]
    [InlineData(1, 300, "Conv2d Conv2d Conv2d Permute Dense")]
    public void Batches_that_outgrow_the_caches_run_some_images_at_a_time(
        int images, int size, string ops)
    {
        var x = Tensor.Randn(images, 3, size, size);
        Graph Layers() => Passes(i => Chain(i), x);
        var graph = new BatchSlicing().Run(Layers());
        Assert.Equal(ops.Split(' '), Short(graph));
        AssertEqual(Layers().Replay(x), graph.Replay(x));
    }

    [Fact]
    public void A_value_that_is_read_outside_of_the_slices_is_kept_whole()
    {
        var x = Tensor.Randn(8, 3, 160, 160);
        Tensor Twice(Tensor image)
        {
            var y = image.Conv2d(Stem, padding: 1);
            return y.Conv2d(W).Conv2d(W).Sin() + y;
        }
        var graph = new BatchSlicing().Run(Passes(Twice, x));
        Assert.Contains("slices", Short(graph)[0] + " " + Short(graph)[1]);
        AssertEqual(Passes(Twice, x).Replay(x), graph.Replay(x));
    }

    [Fact]
    public void Layers_with_large_weights_run_for_the_whole_batch()
    {
        var w = Tensor.Randn(512, 512, 3, 3);
        var x = Tensor.Randn(2, 512, 50, 50);
        var graph = new BatchSlicing().Run(
            Passes(i => i.Conv2d(w, padding: 1).Conv2d(w, padding: 1), x));
        Assert.DoesNotContain("slices", graph.ToString());
    }

    private static Tensor Chain(Tensor x) =>
        x.Conv2d(Stem, padding: 1).Conv2d(W).Conv2d(Last, padding: 1).Relu();

    private static Graph Passes(Func<Tensor, Tensor> function, Tensor x) =>
        new LayoutAssignment().Run(new EpilogueFusion().Run(
            new Freezing().Run(Traces.Of(i => function(i[0]), x))));

    private static string[] Short(Graph graph) => [.. graph.Names().SelectMany(
        n => n.Split('[')[0].Replace("ChannelsLast", "").Split(' '))];

    private static void AssertEqual(float[] expected, float[] actual)
    {
        var size = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            if (Math.Abs(expected[i] - actual[i]) > 1e-5f * size)
            {
                Assert.Fail($"element {i}: {actual[i]} instead of {expected[i]}");
            }
        }
    }
}
