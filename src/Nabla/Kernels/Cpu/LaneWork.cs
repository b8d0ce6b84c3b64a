using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>A kernel written once for lanes of any width.</summary>
internal interface ILaneWork
{
    /// <summary>Does the work with lanes of one type.</summary>
    void Run<V>() where V : unmanaged, ILanes<V>;
}

/// <summary>Chooses a kernel's lanes, and what kernels over lanes have in common.</summary>
internal static unsafe class LaneWork
{
    private static ReadOnlySpan<float> FloatOnes =>
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];

    private static ReadOnlySpan<double> DoubleOnes => [1];

    /// <summary>
    /// Runs with this machine's widest lanes of <typeparamref name="T"/>: float or double.
    /// </summary>
    public static void Run<T, TWork>(in TWork work)
        where T : unmanaged
        where TWork : struct, ILaneWork
    {
        if (typeof(T) == typeof(double))
        {
            work.Run<F64x1>();
        }
        else if (Simd.Wide)
        {
            work.Run<F32x16>();
        }
        else if (Simd.Medium)
        {
            work.Run<F32x8>();
        }
        else
        {
            work.Run<F32x4>();
        }
    }

    /// <summary>Runs with this machine's widest lanes of a type: float32 or float64.</summary>
    public static void Run<TWork>(DType type, in TWork work) where TWork : struct, ILaneWork
    {
        if (type == DType.Float64)
        {
            Run<double, TWork>(work);
        }
        else
        {
            Run<float, TWork>(work);
        }
    }

    /// <summary>Bytes of one number.</summary>
    [MethodImpl(AggressiveInlining)]
    public static int Size<V>() where V : unmanaged, ILanes<V> => sizeof(V) / V.Count;

    /// <summary>The first n numbers, or all when n is the lanes' count; the rest are 0.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Load<V>(void* source, nint n) where V : unmanaged, ILanes<V> =>
        n == V.Count ? V.Load(source) : V.LoadPart(source, n);

    /// <summary>Writes the first n numbers.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Store<V>(V value, void* target, nint n) where V : unmanaged, ILanes<V>
    {
        if (n == V.Count)
        {
            V.Store(value, target);
        }
        else
        {
            V.StorePart(value, target, n);
        }
    }

    /// <summary>The value in the first n lanes, the other value behind them.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V First<V>(V value, nint n, V others) where V : unmanaged, ILanes<V>
    {
        if (n == V.Count)
        {
            return value;
        }

        // Constant data of the assembly: it never moves.
        ref var ones = ref Size<V>() == sizeof(float)
            ? ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(FloatOnes))
            : ref Unsafe.As<double, byte>(ref MemoryMarshal.GetReference(DoubleOnes));
        return V.Select(V.LoadPart(Unsafe.AsPointer(ref ones), n), value, others);
    }

    /// <summary>One number of the lanes' type.</summary>
    [MethodImpl(AggressiveInlining)]
    public static double Read<V>(void* source) where V : unmanaged, ILanes<V> =>
        Size<V>() == sizeof(float) ? *(float*)source : *(double*)source;

    /// <summary>A number as the lanes would hold it.</summary>
    [MethodImpl(AggressiveInlining)]
    public static double Round<V>(double value) where V : unmanaged, ILanes<V> =>
        Size<V>() == sizeof(float) ? (float)value : value;

    /// <summary>Writes one number of the lanes' type.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Write<V>(double value, void* target) where V : unmanaged, ILanes<V>
    {
        if (Size<V>() == sizeof(float))
        {
            *(float*)target = (float)value;
        }
        else
        {
            *(double*)target = value;
        }
    }

    /// <summary>The lanes' sum, in float64.</summary>
    [MethodImpl(AggressiveInlining)]
    public static double Sum<V>(V value) where V : unmanaged, ILanes<V>
    {
        if (typeof(V) == typeof(F32x16))
        {
            var (low, high) = Vector512.Widen(Unsafe.BitCast<V, Vector512<float>>(value));
            return Vector512.Sum(low + high);
        }

        if (typeof(V) == typeof(F32x8))
        {
            var (low, high) = Vector256.Widen(Unsafe.BitCast<V, Vector256<float>>(value));
            return Vector256.Sum(low + high);
        }

        var sum = 0.0;
        for (var i = 0; i < V.Count; i++)
        {
            sum += Read<V>((byte*)&value + (i * Size<V>()));
        }

        return sum;
    }

    /// <summary>The lanes' maximum; NaN wins.</summary>
    [MethodImpl(AggressiveInlining)]
    public static double Max<V>(V value) where V : unmanaged, ILanes<V>
    {
        if (typeof(V) == typeof(F32x16))
        {
            var all = Unsafe.BitCast<V, Vector512<float>>(value);
            return Max(Vector256.Max(all.GetLower(), all.GetUpper()));
        }

        if (typeof(V) == typeof(F32x8))
        {
            return Max(Unsafe.BitCast<V, Vector256<float>>(value));
        }

        var max = double.NegativeInfinity;
        for (var i = 0; i < V.Count; i++)
        {
            max = Math.Max(max, Read<V>((byte*)&value + (i * Size<V>())));
        }

        return max;
    }

    [MethodImpl(AggressiveInlining)]
    private static float Max(Vector256<float> value)
    {
        var four = Vector128.Max(value.GetLower(), value.GetUpper());
        var two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 2, 3)));
        return MathF.Max(two[0], two[1]);
    }
}
