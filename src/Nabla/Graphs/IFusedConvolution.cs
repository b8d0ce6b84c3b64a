using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>A convolution, transposed or not, that adds a residual and clamps before it stores.
/// </summary>
internal interface IFusedConvolution
{
    /// <summary>Whether there is a residual, the last input.</summary>
    bool HasResidual { get; }

    /// <summary>Applied last.</summary>
    Limits Limits { get; }

    /// <summary>What a node computes as one, or null.</summary>
    static IFusedConvolution? Of(GraphNode node) =>
        FusedConv2d.Of(node) ?? (IFusedConvolution?)FusedConvTranspose2d.Of(node);

    /// <summary>The same with a residual.</summary>
    Op WithResidual();

    /// <summary>The same within further limits.</summary>
    Op Within(Limits limits);
}
