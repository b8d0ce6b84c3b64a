using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Scalar primitives over whole strided operands. Operands of another type than the compute type
/// are converted tile by tile; an output may be exactly one of the inputs.
/// </summary>
public static unsafe class Elementwise
{
    /// <summary>y = f(x) over a shape.</summary>
    /// <param name="compute">The type f works in: not a 16-bit float.</param>
    /// <param name="shape">The output's shape, of at most 8 dimensions.</param>
    /// <param name="x">The input; strides of 0 broadcast it.</param>
    /// <param name="y">The output.</param>
    [SkipLocalsInit]
    public static void Unary<TFn>(
        DType compute, ReadOnlySpan<long> shape, in Operand x, in Operand y)
        where TFn : struct, IUnaryFn
    {
        var kernel = UnaryTile<TFn>(compute);
        var n = Count(shape);
        if (n < 2 * TileLoop.ChunkLength && Plain(x, compute, shape) && Plain(y, compute, shape))
        {
            kernel(x.Data, y.Data, n);
            return;
        }

        var loop = new TileLoop(shape);
        loop.AddInput(x, compute);
        loop.AddOutput(y, compute);
        var body = new UnaryBody { Kernel = kernel };
        loop.Run(ref body);
    }

    /// <summary>y = f(a, b) over a shape.</summary>
    /// <inheritdoc cref="Unary"/>
    [SkipLocalsInit]
    public static void Binary<TFn>(
        DType compute, ReadOnlySpan<long> shape, in Operand a, in Operand b, in Operand y)
        where TFn : struct, IBinaryFn
    {
        var kernel = BinaryTile<TFn>(compute);
        var n = Count(shape);
        if (n < 2 * TileLoop.ChunkLength && Plain(a, compute, shape)
            && Plain(b, compute, shape) && Plain(y, compute, shape))
        {
            kernel(a.Data, b.Data, y.Data, n);
            return;
        }

        var loop = new TileLoop(shape);
        loop.AddInput(a, compute);
        loop.AddInput(b, compute);
        loop.AddOutput(y, compute);
        var body = new BinaryBody { Kernel = kernel };
        loop.Run(ref body);
    }

    /// <summary>y = f(a, b, c) over a shape.</summary>
    /// <inheritdoc cref="Unary"/>
    [SkipLocalsInit]
    public static void Ternary<TFn>(DType compute, ReadOnlySpan<long> shape,
        in Operand a, in Operand b, in Operand c, in Operand y)
        where TFn : struct, ITernaryFn
    {
        var loop = new TileLoop(shape);
        loop.AddInput(a, compute);
        loop.AddInput(b, compute);
        loop.AddInput(c, compute);
        loop.AddOutput(y, compute);
        var body = new TernaryBody { Kernel = TernaryTile<TFn>(compute) };
        loop.Run(ref body);
    }

    /// <summary>The loop (x, y, n) of f over n contiguous numbers, at the machine's
    /// width.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing computes in that type.</exception>
    public static delegate*<void*, void*, nint, void> UnaryTile<TFn>(DType compute)
        where TFn : struct, IUnaryFn => compute switch
        {
            DType.Float32 when Simd.Wide => &TileKernels.Unary<TFn, F32x16>,
            DType.Float32 when Simd.Medium => &TileKernels.Unary<TFn, F32x8>,
            DType.Float32 => &TileKernels.Unary<TFn, F32x4>,
            DType.Float64 => &TileKernels.Unary<TFn, F64x1>,
            DType.Int64 => &TileKernels.Unary<TFn, IntLane<long>>,
            DType.Int32 => &TileKernels.Unary<TFn, IntLane<int>>,
            DType.UInt8 => &TileKernels.Unary<TFn, IntLane<byte>>,
            DType.Bool => &TileKernels.Unary<TFn, BoolLane>,
            _ => throw NoLanes(compute),
        };

    /// <summary>The loop (a, b, y, n) of f over n contiguous numbers.</summary>
    /// <inheritdoc cref="UnaryTile"/>
    public static delegate*<void*, void*, void*, nint, void> BinaryTile<TFn>(DType compute)
        where TFn : struct, IBinaryFn => compute switch
        {
            DType.Float32 when Simd.Wide => &TileKernels.Binary<TFn, F32x16>,
            DType.Float32 when Simd.Medium => &TileKernels.Binary<TFn, F32x8>,
            DType.Float32 => &TileKernels.Binary<TFn, F32x4>,
            DType.Float64 => &TileKernels.Binary<TFn, F64x1>,
            DType.Int64 => &TileKernels.Binary<TFn, IntLane<long>>,
            DType.Int32 => &TileKernels.Binary<TFn, IntLane<int>>,
            DType.UInt8 => &TileKernels.Binary<TFn, IntLane<byte>>,
            DType.Bool => &TileKernels.Binary<TFn, BoolLane>,
            _ => throw NoLanes(compute),
        };

    /// <summary>The loop (a, b, c, y, n) of f over n contiguous numbers.</summary>
    /// <inheritdoc cref="UnaryTile"/>
    public static delegate*<void*, void*, void*, void*, nint, void> TernaryTile<TFn>(DType compute)
        where TFn : struct, ITernaryFn => compute switch
        {
            DType.Float32 when Simd.Wide => &TileKernels.Ternary<TFn, F32x16>,
            DType.Float32 when Simd.Medium => &TileKernels.Ternary<TFn, F32x8>,
            DType.Float32 => &TileKernels.Ternary<TFn, F32x4>,
            DType.Float64 => &TileKernels.Ternary<TFn, F64x1>,
            DType.Int64 => &TileKernels.Ternary<TFn, IntLane<long>>,
            DType.Int32 => &TileKernels.Ternary<TFn, IntLane<int>>,
            DType.UInt8 => &TileKernels.Ternary<TFn, IntLane<byte>>,
            DType.Bool => &TileKernels.Ternary<TFn, BoolLane>,
            _ => throw NoLanes(compute),
        };

    internal static ArgumentOutOfRangeException NoLanes(DType compute) => new(
        nameof(compute), compute, "No lanes compute in this type; 16-bit floats use float32.");

    internal static nint Count(ReadOnlySpan<long> shape)
    {
        var n = 1L;
        foreach (var size in shape)
        {
            n *= size;
        }

        return (nint)n;
    }

    /// <summary>True for row-major operands of the compute type, used as they lie.</summary>
    internal static bool Plain(in Operand operand, DType compute, ReadOnlySpan<long> shape) =>
        operand.Type == compute && Contiguous(operand, shape);

    internal static bool Contiguous(in Operand operand, ReadOnlySpan<long> shape)
    {
        var expected = 1L;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            if (shape[d] != 1 && operand.Strides[d] != expected)
            {
                return false;
            }

            expected *= shape[d];
        }

        return true;
    }

    private struct UnaryBody : ITileBody
    {
        public delegate*<void*, void*, nint, void> Kernel;

        public readonly void Run(void** tiles, nint count) => Kernel(tiles[0], tiles[1], count);
    }

    private struct BinaryBody : ITileBody
    {
        public delegate*<void*, void*, void*, nint, void> Kernel;

        public readonly void Run(void** tiles, nint count) =>
            Kernel(tiles[0], tiles[1], tiles[2], count);
    }

    private struct TernaryBody : ITileBody
    {
        public delegate*<void*, void*, void*, void*, nint, void> Kernel;

        public readonly void Run(void** tiles, nint count) =>
            Kernel(tiles[0], tiles[1], tiles[2], tiles[3], count);
    }
}
