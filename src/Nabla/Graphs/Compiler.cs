using Nabla.Graphs.Passes;

namespace Nabla.Graphs;

/// <summary>Rewrites a captured graph into a fast one, pass by pass.</summary>
internal static class Compiler
{
    private static readonly IGraphPass[] Passes =
    [
        new DeadCode(),
        new ConstantFolding(),
        new AlgebraicSimplification(),
        new CommonSubexpressions(),
        new DeadCode(),
        new ElementwiseFusion(),
        new ReductionFusion(),
    ];

    /// <summary>Runs all passes. <c>NABLA_LOG=graph</c> prints the graph before and after each.
    /// </summary>
    public static Graph Optimize(Graph graph) => Optimize(graph,
        Environment.GetEnvironmentVariable("NABLA_LOG") == "graph" ? Console.Error : null);

    /// <summary>Runs all passes, and writes the graph before and after each to a log.</summary>
    internal static Graph Optimize(Graph graph, TextWriter? log)
    {
        log?.WriteLine($"captured:\n{graph}");
        foreach (var pass in Passes)
        {
            graph = pass.Run(graph);
            log?.WriteLine($"after {pass.Name}:\n{graph}");
        }
        return graph;
    }
}
