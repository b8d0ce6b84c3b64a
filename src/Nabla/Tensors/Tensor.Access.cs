using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Nabla.Tensors;

public partial class Tensor
{
    /// <summary>The elements as a span over the tensor's own memory, row-major.</summary>
    /// <remarks>Writes through the span are not tracked by automatic differentiation.</remarks>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the element
    /// type.</exception>
    /// <exception cref="InvalidOperationException">The tensor is not contiguous, or has no
    /// value.</exception>
    public Span<T> AsSpan<T>() where T : unmanaged
    {
        CheckType<T>();
        if (!IsContiguous)
        {
            ThrowHelper.Invalid($"AsSpan needs contiguous elements, but this tensor {Shape} is a "
                + "strided view; call Contiguous() first");
        }
        return _storage.Expose<T>(_layout.Offset * DType.Size, checked((int)Count));
    }

    /// <summary>The elements as a strided span of <c>System.Numerics.Tensors</c>.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the element
    /// type.</exception>
    public TensorSpan<T> AsTensorSpan<T>() where T : unmanaged
    {
        CheckType<T>();
        if (Count == 0)
        {
            return default;
        }
        var lengths = new nint[Rank];
        var strides = new nint[Rank];
        var extent = 1L;
        for (var i = 0; i < Rank; i++)
        {
            lengths[i] = (nint)Shape.Dims[i];
            strides[i] = Shape.Dims[i] == 1 ? 0 : (nint)Strides[i];
            extent += (Shape.Dims[i] - 1) * Strides[i];
        }
        var span = _storage.Expose<T>(_layout.Offset * DType.Size, checked((int)extent));
        return new TensorSpan<T>(span, lengths, strides);
    }

    /// <summary>The elements, copied into an array, row-major.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the element
    /// type.</exception>
    public unsafe T[] ToArray<T>() where T : unmanaged
    {
        CheckType<T>();
        var dense = Dense();
        var array = new T[Count];
        new ReadOnlySpan<T>(dense.Pointer, array.Length).CopyTo(array);
        GC.KeepAlive(dense);
        return array;
    }

    /// <summary>The only element, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public unsafe T Item<T>() where T : unmanaged, System.Numerics.INumberBase<T>
    {
        if (Count != 1)
        {
            ThrowHelper.Invalid($"Item reads a tensor of one element, but this one is {Shape} "
                + $"with {Count}; index or reduce it first");
        }
        var p = Pointer;
        var value = DType switch
        {
            DType.Float32 => T.CreateTruncating(*(float*)p),
            DType.Float64 => T.CreateTruncating(*(double*)p),
            DType.Int64 => T.CreateTruncating(*(long*)p),
            DType.Int32 => T.CreateTruncating(*(int*)p),
            DType.Float16 => T.CreateTruncating((float)*(Half*)p),
            DType.BFloat16 => T.CreateTruncating(
                BitConverter.UInt32BitsToSingle((uint)*(ushort*)p << 16)),
            _ => T.CreateTruncating(*(byte*)p),
        };
        GC.KeepAlive(this);
        return value;
    }

    /// <summary>The only element as a float.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public float Item() => Item<float>();

    /// <summary>The only element of a boolean (or any) tensor: whether it is not zero.</summary>
    public bool IsTrue() => Item<double>() != 0;

    /// <summary>A tensor that holds a copy of a span's elements.</summary>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">Its shape; their product is the span's length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static unsafe Tensor From<T>(ReadOnlySpan<T> values, Shape shape) where T : unmanaged
    {
        if (shape.Count != values.Length)
        {
            ThrowHelper.Argument($"From: {values.Length} values do not fill the shape {shape}, "
                + $"which has {shape.Count}");
        }
        var tensor = Empty(shape, DTypes.Of<T>());
        values.CopyTo(new Span<T>(tensor.Pointer, values.Length));
        GC.KeepAlive(tensor);
        return tensor;
    }

    /// <summary>A one-dimensional tensor that holds a copy of an array's elements.</summary>
    public static Tensor From<T>(params T[] values) where T : unmanaged =>
        From<T>(values, new Shape(values.Length));

    /// <summary>A tensor that holds a copy of an array's elements.</summary>
    public static Tensor From<T>(T[] values, Shape shape) where T : unmanaged =>
        From<T>(values.AsSpan(), shape);

    /// <summary>A matrix from a rectangular array.</summary>
    public static Tensor From<T>(T[,] values) where T : unmanaged =>
        From<T>(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<byte, T>(ref System.Runtime.InteropServices.MemoryMarshal
                .GetArrayDataReference((Array)values)), values.Length),
            new Shape(values.GetLength(0), values.GetLength(1)));

    /// <summary>A tensor without dimensions.</summary>
    public static Tensor Scalar<T>(T value) where T : unmanaged =>
        From<T>([value], Shape.Scalar);

    /// <summary>A C# number in an expression: keeps the other operand's type.</summary>
    public static implicit operator Tensor(double value) => Weak(value, DType.Float32);

    /// <summary>A C# integer in an expression: keeps the other operand's type.</summary>
    public static implicit operator Tensor(int value) => Weak(value, DType.Int64);

    /// <summary>A C# integer in an expression: keeps the other operand's type.</summary>
    public static implicit operator Tensor(long value) => Weak(value, DType.Int64);

    /// <summary>A weak number held in a type.</summary>
    internal static unsafe Tensor WeakOf(double value, DType dtype)
    {
        var tensor = new Tensor(Storage.Allocate(8, CpuDevice.Instance),
            Layout.Contiguous(Shape.Scalar), dtype)
        { IsWeak = true, WeakValue = value };
        tensor.Device.Fill(value, tensor);
        return tensor;
    }

    private static Tensor Weak(double value, DType dtype) => WeakOf(value, dtype);

    /// <summary>The number behind a weak tensor, before any rounding to its type.</summary>
    internal double WeakValue { get; init; }

    private void CheckType<T>() where T : unmanaged
    {
        if (DTypes.Of<T>() != DType && !(typeof(T) == typeof(byte) && DType == DType.Bool))
        {
            ThrowHelper.Argument($"the elements are {DType.Name}, not {DTypes.Of<T>().Name}; "
                + "convert with To(dtype) first");
        }
    }
}
