namespace Nabla.Tensors;

/// <summary>
/// How a tensor is indexed. Reading and writing parts are ops, which live two floors above: that
/// floor sets <see cref="Current"/> when the assembly is loaded.
/// </summary>
internal abstract class TensorIndexer
{
    public static TensorIndexer Current { get; set; } = null!;

    /// <summary>The part of x that an index names.</summary>
    public abstract Tensor Get(Tensor x, ReadOnlySpan<TensorIndex> index);

    /// <summary>Writes a value, which broadcasts, to the part of x that an index names.</summary>
    public abstract void Set(Tensor x, ReadOnlySpan<TensorIndex> index, Tensor value);
}
