using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class PoolingPatternTests
{
    [Fact]
    public void The_sizes_and_the_divisor_are_those_of_the_layers()
    {
        var (x, w) = (Tensor.Randn(20, 2, 9, 10), Tensor.Randn(4, 2, 3, 3));
        var pattern = Match(Traces.Of(
            i => i[0].Conv2d(w).Sigmoid().AvgPool2d((3, 2), divisorOverride: 5), x))!;
        Assert.Equal(new(new(20, 2, 9, 10, 4, 3, 3, 1, 1, 0, 0, 1, 1, 1), 3, 2, 5), pattern.Shape);
        Assert.Equal(new(new(1, 0, 1, 1), (3, 2), 5), pattern.Layer);
        Assert.Null(pattern.BackChain);
        Assert.False(pattern.IsKept(pattern.Pool.InputArray[0]));
    }

    [Fact]
    public void A_pooling_of_something_else_matches_nothing() => Assert.Null(Match(
        Traces.Of(i => i[0].Sigmoid().AvgPool2d(2), Tensor.Randn(20, 2, 9, 10))));

    private static PoolingPattern? Match(Graph graph) =>
        PoolingPattern.Match(graph.Nodes[^1], new Readers(graph));
}
