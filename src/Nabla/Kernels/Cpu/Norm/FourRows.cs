using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Lanes of four neighbouring rows.</summary>
internal readonly unsafe struct FourRows<V>(V a, V b, V c, V d) : IRowLanes<FourRows<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly V _a = a;
    private readonly V _b = b;
    private readonly V _c = c;
    private readonly V _d = d;

    public static int Count => 4;

    [MethodImpl(AggressiveInlining)]
    public static FourRows<V> Load(byte* at, nint stride, nint n) => new(
        LaneWork.Load<V>(at, n), LaneWork.Load<V>(at + stride, n),
        LaneWork.Load<V>(at + (2 * stride), n), LaneWork.Load<V>(at + (3 * stride), n));

    [MethodImpl(AggressiveInlining)]
    public static void Prefetch(byte* at, nint stride)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(at);
            Sse.Prefetch0(at + stride);
            Sse.Prefetch0(at + (2 * stride));
            Sse.Prefetch0(at + (3 * stride));
        }
    }

    [MethodImpl(AggressiveInlining)]
    public static void Store(FourRows<V> rows, byte* at, nint stride, nint n)
    {
        LaneWork.Store(rows._a, at, n);
        LaneWork.Store(rows._b, at + stride, n);
        LaneWork.Store(rows._c, at + (2 * stride), n);
        LaneWork.Store(rows._d, at + (3 * stride), n);
    }

    [MethodImpl(AggressiveInlining)]
    public static FourRows<V> Same(V value) => new(value, value, value, value);

    [MethodImpl(AggressiveInlining)]
    public static FourRows<V> Const(double* values) => new(
        V.Const(values[0]), V.Const(values[1]), V.Const(values[2]), V.Const(values[3]));

    [MethodImpl(AggressiveInlining)]
    public static void Sum(FourRows<V> rows, double* sums)
    {
        sums[0] = LaneWork.Sum(rows._a);
        sums[1] = LaneWork.Sum(rows._b);
        sums[2] = LaneWork.Sum(rows._c);
        sums[3] = LaneWork.Sum(rows._d);
    }

    [MethodImpl(AggressiveInlining)]
    public static V Add(FourRows<V> rows, V sum) =>
        sum + ((rows._a + rows._b) + (rows._c + rows._d));

    [MethodImpl(AggressiveInlining)]
    public static V AddProducts(FourRows<V> a, FourRows<V> b, V sum) =>
        V.Fma(a._a, b._a, V.Fma(a._b, b._b, V.Fma(a._c, b._c, V.Fma(a._d, b._d, sum))));

    [MethodImpl(AggressiveInlining)]
    public static FourRows<V> First(FourRows<V> rows, nint n, FourRows<V> others) => new(
        LaneWork.First(rows._a, n, others._a), LaneWork.First(rows._b, n, others._b),
        LaneWork.First(rows._c, n, others._c), LaneWork.First(rows._d, n, others._d));

    [MethodImpl(AggressiveInlining)]
    public static FourRows<V> operator +(FourRows<V> a, FourRows<V> b) =>
        new(a._a + b._a, a._b + b._b, a._c + b._c, a._d + b._d);

    [MethodImpl(AggressiveInlining)]
    public static FourRows<V> operator -(FourRows<V> a, FourRows<V> b) =>
        new(a._a - b._a, a._b - b._b, a._c - b._c, a._d - b._d);

    [MethodImpl(AggressiveInlining)]
    public static FourRows<V> operator *(FourRows<V> a, FourRows<V> b) =>
        new(a._a * b._a, a._b * b._b, a._c * b._c, a._d * b._d);

    [MethodImpl(AggressiveInlining)]
    public static FourRows<V> Fma(FourRows<V> a, FourRows<V> b, FourRows<V> c) => new(
        V.Fma(a._a, b._a, c._a), V.Fma(a._b, b._b, c._b),
        V.Fma(a._c, b._c, c._c), V.Fma(a._d, b._d, c._d));
}
