using Nabla.Graphs;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

/// <summary>Short ways to get a graph and to look at it.</summary>
internal static class Traces
{
    /// <summary>The names of a graph's ops, in order.</summary>
    public static string[] Names(this Graph graph) => [.. graph.Nodes.Select(n => n.Op.Name)];

    /// <summary>The graph of a function of one output.</summary>
    public static Graph Of(Func<Tensor[], Tensor> function, params Tensor[] inputs) =>
        Capture.Trace(x => [function(x)], inputs);

    /// <summary>What a graph computes, by a plan made for it.</summary>
    public static float[] Replay(this Graph graph, params Tensor[] inputs)
    {
        var plan = Planner.Build(graph);
        Assert.True(plan.Run(inputs, null));
        return plan.Outputs[0].ToArray<float>();
    }

    /// <summary>Runs with emitted code allowed or not.</summary>
    public static T Emitting<T>(bool allowed, Func<T> function)
    {
        var before = Emitter.IsEnabled;
        Emitter.IsEnabled = allowed;
        try
        {
            return function();
        }
        finally
        {
            Emitter.IsEnabled = before;
        }
    }
}
