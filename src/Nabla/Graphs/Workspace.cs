using System.Runtime.CompilerServices;

namespace Nabla.Graphs;

/// <summary>
/// What one thread at a time replays a step in: a plan for each of the step's graphs, all in the
/// same memory. Graphs that nobody holds any more take their plans with them.
/// </summary>
internal sealed class Workspace
{
    private readonly Arena _arena = new();
    private readonly ConditionalWeakTable<Graph, ExecutionPlan> _plans = [];

    /// <summary>Bytes that replays compute in, without the plans' results.</summary>
    public long Bytes => _arena.Bytes;

    /// <summary>The graph's plan, ready to run. Other plans' values are lost, not their results.
    /// </summary>
    public ExecutionPlan Plan(Graph graph) => Plan(graph, null);

    /// <summary>The same, and prints a new plan to a log other than the environment's.</summary>
    internal ExecutionPlan Plan(Graph graph, TextWriter? log)
    {
        if (!_plans.TryGetValue(graph, out var plan))
        {
            plan = Planner.Build(graph, _arena);
            _plans.Add(graph, plan);
            (log ?? Compiler.Log)?.WriteLine($"memory plan:\n{plan}");
        }
        plan.Memory.LieIn(_arena);
        return plan;
    }
}
