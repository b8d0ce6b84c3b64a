using System.Runtime.CompilerServices;

namespace Nabla.Tensors;

/// <summary>
/// An n-dimensional array: a handle on a strided view of a storage. Handles are cheap and need no
/// disposal. Operations live with their ops (<c>Nabla.Ops</c>) as extension members.
/// </summary>
public partial class Tensor
{
    private Storage _storage;
    private Layout _layout;

    internal Tensor(Storage storage, Layout layout, DType dtype)
    {
        _storage = storage;
        _layout = layout;
        DType = dtype;
        IsContiguous = layout.IsContiguous;
    }

    /// <summary>Another handle on the same elements, for a kind of tensor of a floor
    /// above.</summary>
    internal Tensor(Tensor other) : this(other._storage, other._layout, other.DType)
    {
    }

    /// <summary>The sizes of the dimensions.</summary>
    public Shape Shape => _layout.Shape;

    /// <summary>Elements to step in the storage for one step in each dimension.</summary>
    public ReadOnlySpan<long> Strides => _layout.Strides;

    /// <summary>The type of the elements.</summary>
    public DType DType { get; private set; }

    /// <summary>Where the elements live.</summary>
    public IDevice Device => _storage.Device;

    /// <summary>The number of dimensions.</summary>
    public int Rank => _layout.Shape.Rank;

    /// <summary>The number of elements.</summary>
    public long Count => _layout.Shape.Count;

    /// <summary>Whether the elements lie in row-major order without gaps.</summary>
    public bool IsContiguous { get; private set; }

    /// <summary>How often the storage was written in place (by this tensor or any view of
    /// it).</summary>
    public int Version => _storage.Version;

    internal Storage Storage => _storage;

    internal Layout Layout => _layout;

    /// <summary>What the floors above attach: gradient state.</summary>
    internal object? GradientState { get; set; }

    /// <summary>What a capture attaches: the value in the graph that this handle stands
    /// for.</summary>
    internal object? TraceState { get; set; }

    /// <summary>A C# number in an expression: it never widens the other operand's type.</summary>
    internal bool IsWeak { get; init; }

    /// <summary>Whether this handle has no value and stands for one during a capture.</summary>
    internal bool IsSymbolic => _storage.IsSymbolic;

    /// <summary>The first element's address.</summary>
    internal unsafe void* Pointer
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (byte*)_storage.Pointer + (_layout.Offset * DType.Size);
    }

    /// <summary>Allocates a tensor whose contents are undefined.</summary>
    public static Tensor Empty(Shape shape, DType dtype = DType.Float32, IDevice? device = null) =>
        new(Storage.Allocate(shape.Count * dtype.Size, device ?? CpuDevice.Instance),
            Layout.Contiguous(shape), dtype);

    /// <summary>Another handle on the same elements, without gradient state.</summary>
    internal Tensor Alias() => new(_storage, _layout, DType);

    /// <summary>Another view of the same storage.</summary>
    internal Tensor Alias(Layout layout) => new(_storage, layout, DType);

    /// <summary>
    /// Puts other elements, of any shape and type, behind this handle: how a parameter changes its
    /// type and stays the same object for all who hold it.
    /// </summary>
    internal void Become(Tensor other)
    {
        // A tape that saved this handle notices by the version.
        other._storage.Version = Math.Max(other.Version, Version + 1);
        _storage = other._storage;
        _layout = other._layout;
        DType = other.DType;
        IsContiguous = other.IsContiguous;
    }

    /// <summary>Lets go of the elements, which other handles keep: who reads or writes this one
    /// from now on gets an error of that message. Shape and type stay.</summary>
    internal void Discard(string message) =>
        Become(new Tensor(Storage.Discarded(_storage, message), _layout, DType));

    /// <summary>A tensor with the same elements in row-major order; itself if it has them
    /// so.</summary>
    internal Tensor Dense()
    {
        if (IsContiguous)
        {
            return this;
        }
        var dense = Empty(Shape, DType, Device);
        Device.Copy(this, dense);
        return dense;
    }
}
