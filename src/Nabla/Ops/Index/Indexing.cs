using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Reads and writes parts of tensors: what <c>x[…]</c> does.</summary>
internal sealed class Indexing : TensorIndexer
{
    /// <inheritdoc/>
    public override Tensor Get(Tensor x, ReadOnlySpan<TensorIndex> index)
    {
        var part = IndexedPart.Of(x, index);
        if (part.Tensors.Count == 0)
        {
            return part.View;
        }
        var cells = CellIndex.Of(part);
        return cells.Restore(cells.Flat.IndexSelect(cells.Dim, cells.Places));
    }

    /// <inheritdoc/>
    public override void Set(Tensor x, ReadOnlySpan<TensorIndex> index, Tensor value)
    {
        var part = IndexedPart.Of(x, index);
        var typed = Elementwise.To(value, x.DType);
        InPlace.Write(part.View, part.Tensors.Count == 0 ? typed : Put(part, typed));
    }

    private static Tensor Put(IndexedPart part, Tensor value)
    {
        if (part.Tensors is [(var dim, { DType: DType.Bool } mask)] && value.Count == 1)
        {
            // One number under a mask: no values are read, so that a captured step can have it.
            var lead = part.View.Rank - dim - mask.Rank;
            Span<long> ones = stackalloc long[lead];
            ones.Fill(1);
            var fitted = mask.Reshape(new Shape([.. mask.Shape.Dims, .. ones]));
            return Tensor.Where(fitted, value.Reshape(Shape.Scalar), part.View);
        }
        var cells = CellIndex.Of(part);
        var written = cells.Flat.IndexCopy(cells.Dim, cells.Places, cells.Source(value));
        return cells.RestoreWhole(written);
    }

    // The floor of tensors can't name this one; whoever loads the assembly gets both.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => Current = new Indexing();
}
