using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

[Collection(nameof(WorkerTeam))]
public sealed class BatchSlicesTests : IDisposable
{
    private static readonly Tensor Wide;
    private static readonly Tensor Narrow;

    private readonly int _threads = WorkerTeam.Threads;

    /// <summary>Before any trace: what a trace draws has no value.</summary>
    static BatchSlicesTests()
    {
        Wide = Tensor.Randn(9, 3, 1, 1);
        Narrow = Tensor.Randn(5, 9, 3, 3);
    }

    public void Dispose() => WorkerTeam.Threads = _threads;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Slices_are_what_the_whole_batch_is_bit_for_bit(int slices)
    {
        var x = Tensor.Randn(6, 3, 10, 9);
        var expected = Layers(x).Replay(x);
        foreach (var threads in new[] { 1, 2, 4 })
        {
            WorkerTeam.Threads = threads;
            var graph = Sliced(x, slices);
            Assert.Equal(expected, graph.Replay(x));
            Assert.Equal(expected, graph.Replay(x));
        }
    }

    [Fact]
    public void A_warm_run_of_the_same_tensors_allocates_nothing()
    {
        WorkerTeam.Threads = 1;
        var x = Tensor.Randn(6, 3, 10, 9);
        var node = Sliced(x, 3).Nodes[0];
        Tensor[] inputs = [x, .. node.Inputs.Skip(1).Select(v => v.External!)];
        Tensor[] outputs = [Tensor.Empty(node.Outputs[0].Spec.Shape, DType.Float32)];
        for (var i = 0; i < 3; i++)
        {
            node.Op.Forward(inputs, outputs);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        node.Op.Forward(inputs, outputs);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void They_count_the_work_of_all_images()
    {
        var x = Tensor.Randn(6, 3, 10, 9);
        var node = Sliced(x, 3).Nodes[0];
        var op = Assert.IsType<BatchSlices>(node.Op);
        var y = Tensor.Empty(node.Outputs[0].Spec.Shape, DType.Float32);
        Tensor[] inputs = [x, .. node.Inputs.Skip(1).Select(v => v.External!)];
        Assert.Equal(6 * 10 * 9 * ((9 * 3) + (5 * 9 * 9)), op.MultiplyAdds(inputs, [y]));
        Assert.Equal("3 slices[ChannelsLastConv2d ChannelsLastConv2d]", op.Name);
    }

    [Fact]
    public void Several_threads_may_run_one_graph()
    {
        var x = Tensor.Randn(6, 3, 10, 9);
        var expected = Layers(x).Replay(x);
        var graph = Sliced(x, 3);
        Parallel.For(0, 8, _ => Assert.Equal(expected, graph.Replay(x)));
    }

    private static Graph Layers(Tensor x) => new LayoutAssignment().Run(new Freezing().Run(
        Traces.Of(i => i[0].Conv2d(Wide).Conv2d(Narrow, padding: 1), x)));

    /// <summary>The two convolutions in slices.</summary>
    private static Graph Sliced(Tensor x, int slices)
    {
        var graph = Layers(x);
        var node = BatchSlicing.Slices(
            [.. graph.Nodes.Take(2)], 6 / slices, new Readers(graph));
        return graph.With([node, .. graph.Nodes.Skip(2)]);
    }
}
