using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Windows of two columns, one a lane. Without masks every count is Count.</summary>
internal unsafe interface IPairLanes<V> where V : unmanaged, IPairLanes<V>
{
    /// <summary>How many windows there are.</summary>
    static abstract int Count { get; }

    /// <summary>Whether fewer windows than lanes can be read and written.</summary>
    static abstract bool HasMasks { get; }

    /// <summary>All lanes set to a value.</summary>
    static abstract V Const(float value);

    /// <summary>x[0], x[1], ….</summary>
    static abstract V Load(float* x, int count);

    /// <summary>(sum + x[0]) + x[1], (sum + x[2]) + x[3], ….</summary>
    static abstract V AddPairs(V sum, float* x, int count);

    /// <summary>Writes y[0], y[1], ….</summary>
    static abstract void Store(V value, float* y, int count);

    /// <summary>Writes y[0] = y[1] = lane 0, y[2] = y[3] = lane 1, ….</summary>
    static abstract void StoreTwice(V value, float* y, int count);

    /// <summary>Lane-wise product.</summary>
    static abstract V operator *(V a, V b);

    /// <summary>Lane-wise quotient.</summary>
    static abstract V operator /(V a, V b);
}

/// <summary>Sixteen windows in an AVX-512 register.</summary>
internal readonly unsafe struct PairLanes16(Vector512<float> value) : IPairLanes<PairLanes16>
{
    private readonly Vector512<float> _v = value;

    public static int Count => 16;

    public static bool HasMasks => true;

    private static Vector512<int> Low => Vector512<int>.Indices >> 1;

    private static Vector512<int> Even => Vector512<int>.Indices << 1;

    [MethodImpl(AggressiveInlining)]
    public static PairLanes16 Const(float value) => new(Vector512.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static PairLanes16 Load(float* x, int count) => new(LoadFirst(x, count));

    [MethodImpl(AggressiveInlining)]
    public static PairLanes16 AddPairs(PairLanes16 sum, float* x, int count)
    {
        var (head, tail) = LoadPairs(x, count);
        var even = Avx512F.PermuteVar16x32x2(head, Even, tail);
        var odd = Avx512F.PermuteVar16x32x2(head, Even + Vector512<int>.One, tail);
        return new(sum._v + even + odd);
    }

    [MethodImpl(AggressiveInlining)]
    public static void Store(PairLanes16 value, float* y, int count) =>
        StoreFirst(value._v, y, count);

    [MethodImpl(AggressiveInlining)]
    public static void StoreTwice(PairLanes16 value, float* y, int count)
    {
        var low = Avx512F.PermuteVar16x32(value._v, Low);
        if (count < 8)
        {
            StoreFirst(low, y, 2 * count);
            return;
        }

        low.Store(y);
        var high = Avx512F.PermuteVar16x32(value._v, Low + Vector512.Create(8));
        if (count >= Count)
        {
            high.Store(y + 16);
        }
        else if (count > 8)
        {
            StoreFirst(high, y + 16, (2 * count) - 16);
        }
    }

    [MethodImpl(AggressiveInlining)]
    public static PairLanes16 operator *(PairLanes16 a, PairLanes16 b) => new(a._v * b._v);

    [MethodImpl(AggressiveInlining)]
    public static PairLanes16 operator /(PairLanes16 a, PairLanes16 b) => new(a._v / b._v);

    /// <summary>Both columns of so many windows. Whole registers go without masks: masked, large
    /// planes come from memory at a third of the speed.</summary>
    [MethodImpl(AggressiveInlining)]
    internal static (Vector512<float> Head, Vector512<float> Tail) LoadPairs(float* x, int count)
    {
        if (count < 8)
        {
            return (LoadFirst(x, 2 * count), Vector512<float>.Zero);
        }

        var tail = count >= Count ? Vector512.Load(x + 16)
            : count > 8 ? LoadFirst(x + 16, (2 * count) - 16) : Vector512<float>.Zero;
        return (Vector512.Load(x), tail);
    }

    [MethodImpl(AggressiveInlining)]
    private static Vector512<float> LoadFirst(float* x, int count) =>
        Avx512F.MaskLoad(x, First(count), Vector512<float>.Zero);

    [MethodImpl(AggressiveInlining)]
    private static void StoreFirst(Vector512<float> value, float* y, int count) =>
        Avx512F.MaskStore(y, First(count), value);

    [MethodImpl(AggressiveInlining)]
    private static Vector512<float> First(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}

/// <summary>Eight windows in a 256-bit register.</summary>
internal readonly unsafe struct PairLanes8(Vector256<float> value) : IPairLanes<PairLanes8>
{
    private readonly Vector256<float> _v = value;

    public static int Count => 8;

    public static bool HasMasks => false;

    [MethodImpl(AggressiveInlining)]
    public static PairLanes8 Const(float value) => new(Vector256.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static PairLanes8 Load(float* x, int count) => new(Vector256.Load(x));

    [MethodImpl(AggressiveInlining)]
    public static PairLanes8 AddPairs(PairLanes8 sum, float* x, int count)
    {
        // Seen as 64-bit lanes, a window is a lane: its columns are the low and the high half.
        var (head, tail) = (Vector256.Load((ulong*)x), Vector256.Load((ulong*)(x + 8)));
        var even = Vector256.Narrow(head, tail).AsSingle();
        var odd = Vector256.Narrow(head >>> 32, tail >>> 32).AsSingle();
        return new(sum._v + even + odd);
    }

    [MethodImpl(AggressiveInlining)]
    public static void Store(PairLanes8 value, float* y, int count) => value._v.Store(y);

    [MethodImpl(AggressiveInlining)]
    public static void StoreTwice(PairLanes8 value, float* y, int count)
    {
        var (low, high) = Vector256.Widen(value._v.AsUInt32());
        (low | (low << 32)).AsSingle().Store(y);
        (high | (high << 32)).AsSingle().Store(y + 8);
    }

    [MethodImpl(AggressiveInlining)]
    public static PairLanes8 operator *(PairLanes8 a, PairLanes8 b) => new(a._v * b._v);

    [MethodImpl(AggressiveInlining)]
    public static PairLanes8 operator /(PairLanes8 a, PairLanes8 b) => new(a._v / b._v);
}

/// <summary>Four windows in a 128-bit register.</summary>
internal readonly unsafe struct PairLanes4(Vector128<float> value) : IPairLanes<PairLanes4>
{
    private readonly Vector128<float> _v = value;

    public static int Count => 4;

    public static bool HasMasks => false;

    [MethodImpl(AggressiveInlining)]
    public static PairLanes4 Const(float value) => new(Vector128.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static PairLanes4 Load(float* x, int count) => new(Vector128.Load(x));

    [MethodImpl(AggressiveInlining)]
    public static PairLanes4 AddPairs(PairLanes4 sum, float* x, int count)
    {
        var (head, tail) = (Vector128.Load((ulong*)x), Vector128.Load((ulong*)(x + 4)));
        var even = Vector128.Narrow(head, tail).AsSingle();
        var odd = Vector128.Narrow(head >>> 32, tail >>> 32).AsSingle();
        return new(sum._v + even + odd);
    }

    [MethodImpl(AggressiveInlining)]
    public static void Store(PairLanes4 value, float* y, int count) => value._v.Store(y);

    [MethodImpl(AggressiveInlining)]
    public static void StoreTwice(PairLanes4 value, float* y, int count)
    {
        var (low, high) = Vector128.Widen(value._v.AsUInt32());
        (low | (low << 32)).AsSingle().Store(y);
        (high | (high << 32)).AsSingle().Store(y + 4);
    }

    [MethodImpl(AggressiveInlining)]
    public static PairLanes4 operator *(PairLanes4 a, PairLanes4 b) => new(a._v * b._v);

    [MethodImpl(AggressiveInlining)]
    public static PairLanes4 operator /(PairLanes4 a, PairLanes4 b) => new(a._v / b._v);
}
