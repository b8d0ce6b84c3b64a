using System.Runtime.CompilerServices;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class WorkspaceTests
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData(64, 16)]
    [InlineData(16, 64)]
    public void Plans_share_the_memory_that_the_largest_needs(int first, int second)
    {
        Graph[] graphs = [Of(first), Of(second)];
        foreach (var graph in graphs)
        {
            _workspace.Plan(graph);
        }
        Assert.Equal(Planner.Build(Of(64)).Memory.Bytes, _workspace.Bytes);
        for (var run = 0; run < 3; run++)
        {
            foreach (var graph in graphs)
            {
                var x = Tensor.Randn(graph.Inputs[0].Spec.Shape);
                var plan = _workspace.Plan(graph);
                plan.Run([x], null);
                Assert.Equal(Function(x).ToArray<float>(), plan.Outputs[0].ToArray<float>());
            }
        }
    }

    [Fact]
    public void Results_outlive_the_runs_of_other_plans()
    {
        var (a, b) = (Of(16), Of(64));
        var x = Tensor.Randn(16, 16);
        var plan = _workspace.Plan(a);
        plan.Run([x], null);
        _workspace.Plan(b).Run([Tensor.Randn(64, 64)], null);
        Assert.Equal(Function(x).ToArray<float>(), plan.Outputs[0].ToArray<float>());
    }

    [Fact]
    public void A_new_plan_is_printed_to_the_log_of_graphs()
    {
        var (graph, log) = (Of(16), new StringWriter());
        var plan = _workspace.Plan(graph, log);
        _workspace.Plan(graph, log);
        Assert.Equal($"memory plan:\n{plan}", log.ToString().TrimEnd('\n', '\r') + "\n");
        Assert.Contains("Softmax(", plan.ToString());
    }

    [Fact]
    public void A_plan_is_made_once_and_goes_with_its_graph()
    {
        var graph = Of(16);
        Assert.Same(_workspace.Plan(graph), _workspace.Plan(graph));
        var plan = Forgotten();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(plan.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Forgotten() => new(_workspace.Plan(Of(32)));

    private static Tensor Function(Tensor x) => x.Softmax(1).MatMul(x.Exp().Softmax(0)).Softmax(1);

    private static Graph Of(int size) => Traces.Of(x => Function(x[0]), Tensor.Zeros(size, size));
}
