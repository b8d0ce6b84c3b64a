using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Where the largest or smallest number is: its index among the reduced elements in row-major
/// order. The first of equals wins; the first NaN wins over all numbers, as in PyTorch.
/// </summary>
public static unsafe class ReduceArg
{
    /// <summary>y (int64) = the index of the largest element.</summary>
    /// <inheritdoc cref="Reduce.Run{TFn}"/>
    public static void Max(DType compute, ReadOnlySpan<long> shape, ReadOnlySpan<bool> reduced,
        in Operand x, in Operand y) => Run<Largest>(compute, shape, reduced, x, y);

    /// <summary>y (int64) = the index of the smallest element.</summary>
    /// <inheritdoc cref="Reduce.Run{TFn}"/>
    public static void Min(DType compute, ReadOnlySpan<long> shape, ReadOnlySpan<bool> reduced,
        in Operand x, in Operand y) => Run<Smallest>(compute, shape, reduced, x, y);

    private static void Run<TOrder>(DType compute, ReadOnlySpan<long> shape,
        ReadOnlySpan<bool> reduced, in Operand x, in Operand y) where TOrder : struct, IArgOrder
    {
        switch (compute)
        {
            case DType.Float32:
                Run<TOrder, float>(compute, shape, reduced, x, y);
                break;
            case DType.Float64:
                Run<TOrder, double>(compute, shape, reduced, x, y);
                break;
            case DType.Int64:
                Run<TOrder, long>(compute, shape, reduced, x, y);
                break;
            case DType.Int32:
                Run<TOrder, int>(compute, shape, reduced, x, y);
                break;
            case DType.UInt8 or DType.Bool:
                Run<TOrder, byte>(compute, shape, reduced, x, y);
                break;
            default:
                throw Elementwise.NoLanes(compute);
        }
    }

    private static void Run<TOrder, T>(DType compute, ReadOnlySpan<long> shape,
        ReadOnlySpan<bool> reduced, in Operand x, in Operand y)
        where TOrder : struct, IArgOrder where T : unmanaged, INumber<T>
    {
        var plan = ReduceShape.Of(shape, reduced, y.Strides, mayGroup: false);
        var strips = plan.Inner ? 1 : (plan.Length + Strip - 1) / Strip;
        var perUnit = plan.Reduced.Count
            * (plan.Inner ? plan.Length : Math.Min(plan.Length, Strip));
        var work = new Work<TOrder, T>
        {
            Plan = plan,
            Source = new(shape, x, compute),
            Y = (long*)y.Data,
            Strips = strips,
            Units = plan.Kept.Count * strips,
            PerChunk = Math.Max(1, TileLoop.ChunkLength / Math.Max(1, perUnit)),
        };
        WorkerTeam.For((int)((work.Units + work.PerChunk - 1) / work.PerChunk), ref work);
    }

    private const int Strip = 256;

    private interface IArgOrder
    {
        static abstract bool Before<T>(T candidate, T best) where T : INumber<T>;

        static abstract float Fold(float* x, nint n);
    }

    private readonly struct Largest : IArgOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Before<T>(T candidate, T best) where T : INumber<T> =>
            candidate > best || (T.IsNaN(candidate) && !T.IsNaN(best));

        public static float Fold(float* x, nint n) => ReduceArg.Fold<MaxFn>(x, n);
    }

    private readonly struct Smallest : IArgOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Before<T>(T candidate, T best) where T : INumber<T> =>
            candidate < best || (T.IsNaN(candidate) && !T.IsNaN(best));

        public static float Fold(float* x, nint n) => ReduceArg.Fold<MinFn>(x, n);
    }

    /// <summary>Where the first number stands that comes before the best so far, or −1.</summary>
    private static nint First<TOrder, T>(T* x, nint n, bool isStart, ref T best)
        where TOrder : struct, IArgOrder where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) && n >= 2 * LongRow)
        {
            return FirstFloat<TOrder>((float*)x, n, isStart, ref Unsafe.As<T, float>(ref best));
        }

        nint found = -1;
        for (nint i = 0; i < n; i++)
        {
            if (isStart || TOrder.Before(x[i], best))
            {
                (best, found, isStart) = (x[i], i, false);
            }
        }

        return found;
    }

    /// <summary>Folds first, in vectors, and then looks for what came out.</summary>
    private static nint FirstFloat<TOrder>(float* x, nint n, bool isStart, ref float best)
        where TOrder : struct, IArgOrder
    {
        var extremum = TOrder.Fold(x, n);
        if (!isStart && !TOrder.Before(extremum, best))
        {
            return -1;
        }

        best = extremum;
        nint i = 0;
        for (; i < n - LongRow; i += LongRow)
        {
            if (Contains(x + i, extremum))
            {
                break;
            }
        }

        while (x[i] != extremum && !(float.IsNaN(extremum) && float.IsNaN(x[i])))
        {
            i++;
        }

        return i;
    }

    private const int LongRow = 16;

    private static float Fold<TFn>(float* x, nint n) where TFn : struct, IReduceFn =>
        (float)(Simd.Wide ? ReduceKernels<TFn, F32x16, F64x1>.Row(x, n)
            : Simd.Medium ? ReduceKernels<TFn, F32x8, F64x1>.Row(x, n)
            : ReduceKernels<TFn, F32x4, F64x1>.Row(x, n)).Value;

    private static bool Contains(float* x, float value)
    {
        var numbers = Vector512.Load(x);
        return float.IsNaN(value)
            ? !Vector512.EqualsAll(numbers, numbers)
            : Vector512.EqualsAny(numbers, Vector512.Create(value));
    }

    private struct Work<TOrder, T> : IChunkBody
        where TOrder : struct, IArgOrder where T : unmanaged, INumber<T>
    {
        public ReduceShape Plan;
        public OperandSource Source;
        public long* Y;
        public long Strips;
        public long Units;
        public long PerChunk;

        public void Run(int chunk)
        {
            var end = Math.Min((chunk + 1) * PerChunk, Units);
            for (var unit = chunk * PerChunk; unit < end; unit++)
            {
                if (Plan.Inner)
                {
                    Rows(unit);
                }
                else
                {
                    Columns(unit);
                }
            }
        }

        [SkipLocalsInit]
        private void Rows(long output)
        {
            var scratch = stackalloc T[TileLoop.TileLength];
            var (place, offset) = Plan.Kept.At(output);
            var best = default(T);
            var found = -1L;
            for (long row = 0; row < Plan.Reduced.Count; row++)
            {
                var start = place + Plan.Reduced.At(row).First;
                for (long from = 0; from < Plan.Length; from += TileLoop.TileLength)
                {
                    var n = (nint)Math.Min(TileLoop.TileLength, Plan.Length - from);
                    var x = (T*)Source.Fetch(start + from, n, scratch);
                    var at = First<TOrder, T>(x, n, found < 0, ref best);
                    found = at < 0 ? found : (row * Plan.Length) + from + at;
                }
            }

            Y[offset] = found;
        }

        [SkipLocalsInit]
        private void Columns(long unit)
        {
            var scratch = stackalloc T[Strip];
            var best = stackalloc T[Strip];
            var found = stackalloc long[Strip];
            var (output, strip) = Math.DivRem(unit, Strips);
            var (place, offset) = Plan.Kept.At(output);
            var first = strip * Strip;
            var width = (nint)Math.Min(Strip, Plan.Length - first);
            for (long row = 0; row < Plan.Reduced.Count; row++)
            {
                var at = place + first + Plan.Reduced.At(row).First;
                var x = (T*)Source.Fetch(at, width, scratch);
                for (nint i = 0; i < width; i++)
                {
                    if (row == 0 || TOrder.Before(x[i], best[i]))
                    {
                        best[i] = x[i];
                        found[i] = row;
                    }
                }
            }

            for (nint i = 0; i < width; i++)
            {
                Y[offset + ((first + i) * Plan.LengthStride)] =
                    Plan.Reduced.Count == 0 ? -1 : found[i];
            }
        }
    }
}
