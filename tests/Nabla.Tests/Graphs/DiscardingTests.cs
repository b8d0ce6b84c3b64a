using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class DiscardingTests
{
    [Fact]
    public void A_constant_goes_with_the_last_who_reads_it()
    {
        var (a, b) = (Tensor.Randn(4), Tensor.Randn(4));
        var graph = Frozen(x => ((x + a) * (b * 2)) + a, Tensor.Zeros(4));
        var values = graph.Nodes.SelectMany(n => n.Inputs)
            .Where(v => v.External?.Shape == new Shape(4)).ToArray();
        var (first, other) = (values[0], values[1]);
        var discarding = graph.Discarding!;
        discarding.Count(graph);
        discarding.Leave(first);
        Assert.False(first.External!.Storage.IsDiscarded);
        discarding.Leave(first);
        Assert.True(first.External.Storage.IsDiscarded);
        Assert.False(other.External!.Storage.IsDiscarded);
        Assert.Contains("was let go", Assert.Throws<InvalidOperationException>(
            () => first.External.ToArray<float>()).Message);
        Assert.Equal(4, a.ToArray<float>().Length);
    }

    [Fact]
    public void A_product_that_nobody_reads_leaves_its_factors()
    {
        var (w, s) = (Tensor.Randn(4), Tensor.Randn(4));
        var graph = Frozen(x => x + (w * s), Tensor.Zeros(4));
        var product = graph.Nodes.Single(n => n.Op is MulOp);
        graph.Discarding!.Count(graph);
        graph.Discarding.Leave(product.Outputs[0]);
        Assert.All(product.Inputs, v => Assert.True(v.External!.Storage.IsDiscarded));
    }

    [Fact]
    public void A_result_is_read_for_good()
    {
        var w = Tensor.Randn(4);
        var graph = new Freezing().Run(
            Capture.Trace(x => [x[0] + w, w], Tensor.Zeros(4)).Owning());
        var value = graph.Nodes[0].Inputs[1];
        graph.Discarding!.Count(graph);
        graph.Discarding.Leave(value);
        Assert.False(value.External!.Storage.IsDiscarded);
    }

    private static Graph Frozen(Func<Tensor, Tensor> function, Tensor x) =>
        new Freezing().Run(Traces.Of(i => function(i[0]), x).Owning());
}
