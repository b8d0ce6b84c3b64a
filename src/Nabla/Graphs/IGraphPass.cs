namespace Nabla.Graphs;

/// <summary>A rewriting of a graph that keeps what it computes.</summary>
internal interface IGraphPass
{
    /// <summary>The pass's textbook name.</summary>
    string Name { get; }

    /// <summary>The rewritten graph.</summary>
    Graph Run(Graph graph);
}
