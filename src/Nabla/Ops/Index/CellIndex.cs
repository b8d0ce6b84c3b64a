using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// Dimensions indexed by tensors, as one dimension indexed by one vector. The tensors broadcast;
/// their shape stands where the dimensions stood, or first if those were not neighbours.
/// </summary>
internal sealed class CellIndex
{
    private readonly Tensor _moved;
    private readonly int[]? _order;
    private readonly Shape _cells;
    private readonly int _count;

    private CellIndex(IndexedPart part)
    {
        var axes = Axes(part);
        _count = axes.Count;
        _cells = axes[0].Index.Shape;
        foreach (var (_, index) in axes)
        {
            _cells = Shape.Broadcast(_cells, index.Shape, "indexing");
        }
        Dim = axes[0].Dim;
        _moved = part.View;
        if (axes[^1].Dim - Dim != _count - 1)
        {
            var named = axes.ConvertAll(a => a.Dim);
            _order = [.. named, .. Enumerable.Range(0, _moved.Rank).Except(named)];
            _moved = _moved.Permute(_order);
            Dim = 0;
        }
        var box = new Shape(_moved.Shape.Dims.Slice(Dim, _count));
        Places = new LinearIndexOp(box)
            .Apply([.. axes.Select(a => a.Index.BroadcastTo(_cells))]).Flatten();
        Flat = _moved.Flatten(Dim, Dim + _count - 1);
    }

    /// <summary>The tensor with the indexed dimensions merged.</summary>
    public Tensor Flat { get; }

    /// <summary>The merged dimension.</summary>
    public int Dim { get; }

    /// <summary>Where in it the named cells are: a vector.</summary>
    public Tensor Places { get; }

    /// <summary>The shape of what the index names.</summary>
    private Shape Named => new([.. Flat.Shape.Dims[..Dim], .. _cells.Dims,
        .. Flat.Shape.Dims[(Dim + 1)..]]);

    /// <summary>Merges the dimensions that tensors index.</summary>
    /// <exception cref="ArgumentException">The tensors do not broadcast, or an index leaves its
    /// dimension.</exception>
    public static CellIndex Of(IndexedPart part) => new(part);

    /// <summary>The picked cells in the shape that the user sees.</summary>
    public Tensor Restore(Tensor picked) => picked.Reshape(Named);

    /// <summary>A value for the named cells, merged like them.</summary>
    /// <exception cref="ArgumentException">It does not broadcast.</exception>
    public Tensor Source(Tensor value) => value.Shape.ExpandsTo(Named)
        ? value.BroadcastTo(Named).Reshape(Flat.Shape.With(Dim, Places.Count))
        : throw new ArgumentException($"indexing: a value of shape {value.Shape} does not "
            + $"broadcast to the indexed shape {Named}");

    /// <summary>The merged tensor as it was.</summary>
    public Tensor RestoreWhole(Tensor flat)
    {
        var moved = flat.Reshape(_moved.Shape);
        if (_order is null)
        {
            return moved;
        }
        var back = new int[_order.Length];
        for (var i = 0; i < back.Length; i++)
        {
            back[_order[i]] = i;
        }
        return moved.Permute(back);
    }

    private static List<(int Dim, Tensor Index)> Axes(IndexedPart part)
    {
        var axes = new List<(int, Tensor)>();
        foreach (var (dim, tensor) in part.Tensors)
        {
            if (tensor.DType != DType.Bool)
            {
                axes.Add((dim, tensor));
                continue;
            }
            var places = tensor.NonZero();
            for (var d = 0; d < tensor.Rank; d++)
            {
                axes.Add((dim + d, places.Select(1, d)));
            }
        }
        return axes;
    }
}
