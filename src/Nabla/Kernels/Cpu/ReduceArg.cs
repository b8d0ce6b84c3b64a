using System.Numerics;
using System.Runtime.CompilerServices;

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
        var plan = ReduceShape.Of(shape, reduced, y.Strides);
        // The last dimension runs along the outputs when it is kept: one output at a time then.
        var work = new Work<TOrder, T>
        {
            Plan = plan,
            Source = new(shape, x, compute),
            Y = (long*)y.Data,
            Strips = plan.Inner ? 1 : (plan.Length + Strip - 1) / Strip,
        };
        WorkerTeam.For((int)(plan.Kept.Count * work.Strips), ref work);
    }

    private const int Strip = 256;

    private interface IArgOrder
    {
        static abstract bool Before<T>(T candidate, T best) where T : INumber<T>;
    }

    private readonly struct Largest : IArgOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Before<T>(T candidate, T best) where T : INumber<T> =>
            candidate > best || (T.IsNaN(candidate) && !T.IsNaN(best));
    }

    private readonly struct Smallest : IArgOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Before<T>(T candidate, T best) where T : INumber<T> =>
            candidate < best || (T.IsNaN(candidate) && !T.IsNaN(best));
    }

    private struct Work<TOrder, T> : IChunkBody
        where TOrder : struct, IArgOrder where T : unmanaged, INumber<T>
    {
        public ReduceShape Plan;
        public OperandSource Source;
        public long* Y;
        public long Strips;

        public void Run(int chunk)
        {
            if (Plan.Inner)
            {
                Rows(chunk);
            }
            else
            {
                Columns(chunk);
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
                    for (nint i = 0; i < n; i++)
                    {
                        if (found < 0 || TOrder.Before(x[i], best))
                        {
                            best = x[i];
                            found = (row * Plan.Length) + from + i;
                        }
                    }
                }
            }

            Y[offset] = found;
        }

        [SkipLocalsInit]
        private void Columns(long chunk)
        {
            var scratch = stackalloc T[Strip];
            var best = stackalloc T[Strip];
            var found = stackalloc long[Strip];
            var (unit, strip) = Math.DivRem(chunk, Strips);
            var (place, offset) = Plan.Kept.At(unit);
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
