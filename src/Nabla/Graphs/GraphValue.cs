using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>A value in a captured graph: an input, a tensor from outside, or an op's
/// output.</summary>
public sealed class GraphValue
{
    internal GraphValue(TensorSpec spec, GraphNode? producer, int output, Tensor? external)
    {
        Spec = spec;
        Producer = producer;
        Output = output;
        External = external;
    }

    /// <summary>Shape and element type.</summary>
    public TensorSpec Spec { get; }

    /// <summary>The node that computes it, or null.</summary>
    public GraphNode? Producer { get; internal set; }

    /// <summary>Which of the producer's outputs it is.</summary>
    public int Output { get; internal set; }

    /// <summary>The tensor that existed before the capture, read anew at each replay.</summary>
    public Tensor? External { get; }

    /// <summary>Whether the value was made by C# code during the capture and can never change.
    /// </summary>
    public bool IsConstant { get; internal init; }

    /// <summary>Its number in a printed graph.</summary>
    public int Id { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Producer is not null ? $"%{Id}"
        : External is null ? $"input{Id}"
        : External.IsWeak ? $"{External.WeakValue}"
        : IsConstant ? $"constant{Id}" : $"state{Id}";
}
