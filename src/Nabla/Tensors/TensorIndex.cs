namespace Nabla.Tensors;

/// <summary>
/// One part of an index such as <c>x[0, .., 1..^1]</c>: an integer, a range, a tensor of integers
/// or booleans, <see cref="Ellipsis"/> or <see cref="NewAxis"/>.
/// </summary>
public readonly struct TensorIndex
{
    private TensorIndex(TensorIndexKind kind, Range range = default, long step = 1)
    {
        Kind = kind;
        Range = range;
        Step = step;
    }

    /// <summary>As many whole dimensions as the rest of the index leaves over.</summary>
    public static TensorIndex Ellipsis => new(TensorIndexKind.Ellipsis);

    /// <summary>A new dimension of size 1.</summary>
    public static TensorIndex NewAxis => new(TensorIndexKind.NewAxis);

    internal TensorIndexKind Kind { get; }

    /// <summary>The elements, or (an integer) its start.</summary>
    internal Range Range { get; }

    internal long Step { get; }

    internal Tensor? Tensor { get; private init; }

    /// <summary>Every <paramref name="step"/>-th element of a range.</summary>
    public static TensorIndex Slice(Range range, long step) =>
        new(TensorIndexKind.Range, range, step);

    /// <summary>One element; negative numbers count from the end.</summary>
    public static implicit operator TensorIndex(int index) =>
        index >= 0 ? new Index(index) : new Index(-index, fromEnd: true);

    /// <summary>One element, which may be counted from the end: <c>^1</c>.</summary>
    public static implicit operator TensorIndex(Index index) =>
        new(TensorIndexKind.Integer, new Range(index, index));

    /// <summary>A range of elements; <c>..</c> is the whole dimension.</summary>
    public static implicit operator TensorIndex(Range range) =>
        new(TensorIndexKind.Range, range);

    /// <summary>The elements that integers name, or those at which a mask holds.</summary>
    public static implicit operator TensorIndex(Tensor tensor) =>
        new(TensorIndexKind.Tensor) { Tensor = tensor };
}

/// <summary>What a part of an index is.</summary>
internal enum TensorIndexKind
{
    Integer,
    Range,
    Tensor,
    Ellipsis,
    NewAxis,
}
