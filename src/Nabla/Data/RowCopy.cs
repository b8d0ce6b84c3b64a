using Nabla.Tensors;

namespace Nabla.Data;

/// <summary>Copies rows (slices of the first dimension) between tensors of one type.</summary>
internal static unsafe class RowCopy
{
    /// <summary>Writes a tensor into one row of another.</summary>
    public static void Copy(Tensor from, Tensor into, int row)
    {
        var dense = from.Dense();
        var bytes = dense.Count * dense.DType.Size;
        Buffer.MemoryCopy(dense.Pointer, (byte*)into.Pointer + (row * bytes), bytes, bytes);
        GC.KeepAlive(dense);
        GC.KeepAlive(into);
    }

    /// <summary>A new tensor of some rows of a contiguous one.</summary>
    public static Tensor Gather(Tensor from, ReadOnlySpan<int> rows)
    {
        var result = Tensor.Empty(from.Shape.With(0, rows.Length), from.DType);
        var bytes = from.Count / Math.Max(1, from.Shape[0]) * from.DType.Size;
        var source = (byte*)from.Pointer;
        var target = (byte*)result.Pointer;
        for (var i = 0; i < rows.Length; i++)
        {
            Buffer.MemoryCopy(source + (rows[i] * bytes), target + (i * bytes), bytes, bytes);
        }
        GC.KeepAlive(from);
        GC.KeepAlive(result);
        return result;
    }
}
