using Nabla.Graphs.Passes;

namespace Nabla.Graphs;

/// <summary>Rewrites a captured graph into a fast one, pass by pass.</summary>
internal static class Compiler
{
    private static readonly IGraphPass[] Passes =
    [
        new DeadCode(),
        new CommonSubexpressions(),
        new DeadCode(),
        new ElementwiseFusion(),
    ];

    /// <summary>Runs all passes. <c>NABLA_LOG=graph</c> prints the graph before and after each.
    /// </summary>
    public static Graph Optimize(Graph graph)
    {
        var log = Environment.GetEnvironmentVariable("NABLA_LOG") == "graph";
        if (log)
        {
            Console.Error.WriteLine(graph);
        }
        foreach (var pass in Passes)
        {
            graph = pass.Run(graph);
            if (log)
            {
                Console.Error.WriteLine($"after {pass.Name}:\n{graph}");
            }
        }
        return graph;
    }
}
