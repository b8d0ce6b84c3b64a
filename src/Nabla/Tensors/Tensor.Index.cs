using System.Runtime.CompilerServices;

namespace Nabla.Tensors;

public partial class Tensor
{
    /// <summary>
    /// A part of the tensor, as in NumPy: integers pick (and drop a dimension), ranges cut, a mask
    /// or tensors of integers gather. Without tensors it is a view, else a copy. Setting writes in
    /// place.
    /// </summary>
    /// <example><c>x[0]</c>, <c>x[.., 1..^1]</c>, <c>x[mask]</c>, <c>x[rows, cols]</c>,
    /// <c>x[TensorIndex.Ellipsis, ^1]</c>, <c>x[0, ..] = y</c>, <c>x[mask] = 0</c></example>
    /// <param name="index">One part a dimension; dimensions left out are whole.</param>
    /// <exception cref="ArgumentException">An index leaves its dimension, or there are too many.
    /// </exception>
    [IndexerName("Part")]
    public Tensor this[params ReadOnlySpan<TensorIndex> index]
    {
        get => TensorIndexer.Current.Get(this, index);
        set => TensorIndexer.Current.Set(this, index, value);
    }
}
