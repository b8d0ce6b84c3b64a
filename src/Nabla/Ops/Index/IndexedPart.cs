using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>An index taken apart: what a view can do is done, what needs tensors is left.</summary>
/// <param name="View">x with integers, ranges and new dimensions applied.</param>
/// <param name="Tensors">Masks and integer tensors, with the (first) dimension of the view that
/// each of them indexes, in order.</param>
internal sealed record IndexedPart(Tensor View, List<(int Dim, Tensor Tensor)> Tensors)
{
    /// <summary>Takes an index apart.</summary>
    /// <exception cref="ArgumentException">It does not fit x.</exception>
    public static IndexedPart Of(Tensor x, ReadOnlySpan<TensorIndex> index)
    {
        var rest = x.Rank - CountNamed(x, index);
        var part = new IndexedPart(x, []);
        int dim = 0, source = 0;
        foreach (var i in index)
        {
            switch (i.Kind)
            {
                case TensorIndexKind.Integer:
                    part = part with { View = Select(part.View, dim, i, x.Shape, source++) };
                    break;
                case TensorIndexKind.Range:
                    part = part with { View = Slice(part.View, dim++, i, x.Shape, source++) };
                    break;
                case TensorIndexKind.Tensor:
                    part.Tensors.Add((dim, Checked(i.Tensor!, x.Shape, source)));
                    dim += Width(i);
                    source += Width(i);
                    break;
                case TensorIndexKind.Ellipsis:
                    dim += rest;
                    source += rest;
                    break;
                default:
                    part = part with { View = part.View.Unsqueeze(dim++) };
                    break;
            }
        }
        return part;
    }

    private static int CountNamed(Tensor x, ReadOnlySpan<TensorIndex> index)
    {
        int named = 0, ellipses = 0;
        foreach (var i in index)
        {
            named += Width(i);
            ellipses += i.Kind == TensorIndexKind.Ellipsis ? 1 : 0;
        }
        if (named > x.Rank)
        {
            throw new ArgumentException($"indexing: the indices name {named} dimensions, but shape "
                + $"{x.Shape} has {x.Rank}");
        }
        return ellipses <= 1
            ? named
            : throw new ArgumentException($"indexing: one Ellipsis stands for the dimensions that "
                + $"are left over, but there are {ellipses}");
    }

    /// <summary>The number of dimensions that a part of an index stands for.</summary>
    private static int Width(TensorIndex index) => index.Kind switch
    {
        TensorIndexKind.Ellipsis or TensorIndexKind.NewAxis => 0,
        TensorIndexKind.Tensor when index.Tensor is { DType: DType.Bool } mask => mask.Rank,
        _ => 1,
    };

    private static Tensor Select(
        Tensor view, int dim, TensorIndex index, Shape shape, int source)
    {
        var size = view.Shape.Dims[dim];
        var i = index.Range.Start;
        var at = i.IsFromEnd ? size - i.Value : i.Value;
        return at >= 0 && at < size
            ? new SelectOp(dim, at).Apply(view)
            : throw new ArgumentOutOfRangeException(nameof(index), $"indexing: index {i} leaves "
                + $"dimension {source} of shape {shape}, which has {size} elements");
    }

    private static Tensor Slice(
        Tensor view, int dim, TensorIndex index, Shape shape, int source)
    {
        if (index.Range.Equals(Range.All) && index.Step == 1)
        {
            return view;
        }
        var size = view.Shape.Dims[dim];
        var (start, end) = (index.Range.Start, index.Range.End);
        var from = start.IsFromEnd ? size - start.Value : start.Value;
        var to = end.IsFromEnd ? size - end.Value : end.Value;
        return from >= 0 && from <= to && to <= size
            ? view.Slice(dim, index.Range, index.Step)
            : throw new ArgumentOutOfRangeException(nameof(index), $"indexing: the range "
                + $"{index.Range} leaves dimension {source} of shape {shape}, which has {size} "
                + "elements");
    }

    private static Tensor Checked(Tensor index, Shape shape, int source)
    {
        if (index.DType != DType.Bool)
        {
            return Indices.Of("indexing", index);
        }
        return index.Rank > 0
            && shape.Dims.Slice(source, index.Rank).SequenceEqual(index.Shape.Dims)
            ? index
            : throw new ArgumentException($"indexing: a mask of shape {index.Shape} does not fit "
                + $"shape {shape} from dimension {source} on; their sizes must be equal");
    }
}
