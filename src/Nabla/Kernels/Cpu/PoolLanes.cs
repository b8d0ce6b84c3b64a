using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Pooling windows that lie side by side in a row, one a lane. Strides are 1 or 2.
/// </summary>
internal unsafe interface IPoolLanes<V> where V : unmanaged, IPoolLanes<V>
{
    /// <summary>How many windows there are.</summary>
    static abstract int Count { get; }

    /// <summary>All lanes set to a value.</summary>
    static abstract V Const(float value);

    /// <summary>All lanes set to a place, kept as an integer's bits.</summary>
    static abstract V Place(int place);

    /// <summary>x[0], x[stride], x[2·stride] …; reads nothing behind the last of them.</summary>
    static abstract V Load(float* x, int stride);

    /// <summary>Writes y[0], y[1], ….</summary>
    static abstract void Store(V value, float* y);

    /// <summary>Writes each lane's place + left + lane·stride.</summary>
    static abstract void StorePlaces(V places, int left, int stride, long* index);

    /// <summary>
    /// Where the value is above the best so far, or NaN, it becomes the best and its place is kept.
    /// </summary>
    static abstract void Keep(V value, int place, ref V best, ref V places);
}

/// <summary>Eight windows in a 256-bit register.</summary>
internal readonly unsafe struct PoolLanes8(Vector256<float> value) : IPoolLanes<PoolLanes8>
{
    private readonly Vector256<float> _v = value;

    public static int Count => 8;

    [MethodImpl(AggressiveInlining)]
    public static PoolLanes8 Const(float value) => new(Vector256.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static PoolLanes8 Place(int place) => new(Vector256.Create(place).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static PoolLanes8 Load(float* x, int stride)
    {
        if (stride == 1)
        {
            return new(Vector256.Load(x));
        }

        // Seen as 64-bit lanes, every second number is a lane's low or high half.
        var head = Vector256.Load((ulong*)x);
        var tail = Vector256.Load((ulong*)(x + 7)) >>> 32;
        return new(Vector256.Narrow(head, tail).AsSingle());
    }

    [MethodImpl(AggressiveInlining)]
    public static void Store(PoolLanes8 value, float* y) => value._v.Store(y);

    [MethodImpl(AggressiveInlining)]
    public static void StorePlaces(PoolLanes8 places, int left, int stride, long* index)
    {
        var columns = (Vector256<int>.Indices * stride) + Vector256.Create(left);
        var (low, high) = Vector256.Widen(places._v.AsInt32() + columns);
        low.Store(index);
        high.Store(index + 4);
    }

    [MethodImpl(AggressiveInlining)]
    public static void Keep(
        PoolLanes8 value, int place, ref PoolLanes8 best, ref PoolLanes8 places)
    {
        var better = Vector256.GreaterThan(value._v, best._v) | Vector256.IsNaN(value._v);
        best = new(Vector256.ConditionalSelect(better, value._v, best._v));
        places = new(Vector256.ConditionalSelect(better, Place(place)._v, places._v));
    }
}

/// <summary>Four windows in a 128-bit register.</summary>
internal readonly unsafe struct PoolLanes4(Vector128<float> value) : IPoolLanes<PoolLanes4>
{
    private readonly Vector128<float> _v = value;

    public static int Count => 4;

    [MethodImpl(AggressiveInlining)]
    public static PoolLanes4 Const(float value) => new(Vector128.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static PoolLanes4 Place(int place) => new(Vector128.Create(place).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static PoolLanes4 Load(float* x, int stride)
    {
        if (stride == 1)
        {
            return new(Vector128.Load(x));
        }

        var head = Vector128.Load((ulong*)x);
        var tail = Vector128.Load((ulong*)(x + 3)) >>> 32;
        return new(Vector128.Narrow(head, tail).AsSingle());
    }

    [MethodImpl(AggressiveInlining)]
    public static void Store(PoolLanes4 value, float* y) => value._v.Store(y);

    [MethodImpl(AggressiveInlining)]
    public static void StorePlaces(PoolLanes4 places, int left, int stride, long* index)
    {
        var columns = (Vector128<int>.Indices * stride) + Vector128.Create(left);
        var (low, high) = Vector128.Widen(places._v.AsInt32() + columns);
        low.Store(index);
        high.Store(index + 2);
    }

    [MethodImpl(AggressiveInlining)]
    public static void Keep(
        PoolLanes4 value, int place, ref PoolLanes4 best, ref PoolLanes4 places)
    {
        var better = Vector128.GreaterThan(value._v, best._v) | Vector128.IsNaN(value._v);
        best = new(Vector128.ConditionalSelect(better, value._v, best._v));
        places = new(Vector128.ConditionalSelect(better, Place(place)._v, places._v));
    }
}
