using Nabla.Graphs.Passes;

namespace Nabla.Graphs;

/// <summary>Rewrites a captured graph into a fast one, pass by pass.</summary>
internal static class Compiler
{
    private static readonly IGraphPass[] Passes =
    [
        new DeadCode(),
        new GatherSinking(),
        new ConstantFolding(),
        new AlgebraicSimplification(),
        new CommonSubexpressions(),
        new DeadCode(),
        new GatherFusion(),
        new ProductFusion(),
        new NormGradientFusion(),
        new DeadCode(),
        new NormFusion(),
        new RowSumFusion(),
        new UpdateFusion(),
        new ElementwiseFusion(),
        new PoolingFusion(),
        new ReductionFusion(),
    ];

    /// <summary>For graphs whose weights are known: folded into each other first, then fused.
    /// </summary>
    private static readonly IGraphPass[] InferencePasses =
    [
        new Freezing(),
        new DeadCode(),
        new BatchNormFolding(),
        new GatherSinking(),
        new ConstantFolding(),
        new AlgebraicSimplification(),
        new CommonSubexpressions(),
        new DeadCode(),
        new GatherFusion(),
        new EpilogueFusion(),
        new ProductFusion(),
        new WeightPacking(),
        new LayoutAssignment(),
        new DeadCode(),
        new InvertedResidualFusion(),
        new BatchSlicing(),
        new ElementwiseFusion(),
        new ReductionFusion(),
    ];

    /// <summary>Where graphs and plans are printed, or null.</summary>
    internal static TextWriter? Log =>
        Environment.GetEnvironmentVariable("NABLA_LOG") == "graph" ? Console.Error : null;

    /// <summary>Runs all passes. <c>NABLA_LOG=graph</c> prints the graph before and after each.
    /// </summary>
    public static Graph Optimize(Graph graph) => Optimize(graph, Log);

    /// <summary>Runs the passes for a graph that reads state but never changes it, which from here
    /// on is constant.</summary>
    public static Graph OptimizeForInference(Graph graph) => OptimizeForInference(graph, Log);

    /// <summary>Runs the passes for inference, and writes the graph before and after each to a
    /// log.</summary>
    internal static Graph OptimizeForInference(Graph graph, TextWriter? log) =>
        Run(InferencePasses, graph, log);

    /// <summary>Runs all passes, and writes the graph before and after each to a log.</summary>
    internal static Graph Optimize(Graph graph, TextWriter? log) => Run(Passes, graph, log);

    /// <summary>Runs passes, and verifies the graph after each.</summary>
    /// <exception cref="InvalidOperationException">A pass made a graph that can't run.</exception>
    internal static Graph Run(IGraphPass[] passes, Graph graph, TextWriter? log)
    {
        log?.WriteLine($"captured:\n{graph}");
        GraphVerifier.Check(graph, "capture");
        foreach (var pass in passes)
        {
            graph = pass.Run(graph);
            log?.WriteLine($"after {pass.Name}:\n{graph}");
            GraphVerifier.Check(graph, pass.Name);
        }
        return graph;
    }
}
