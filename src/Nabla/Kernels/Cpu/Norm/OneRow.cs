using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Lanes of a single row.</summary>
internal readonly unsafe struct OneRow<V>(V a) : IRowLanes<OneRow<V>, V>
    where V : unmanaged, ILanes<V>
{
    private readonly V _a = a;

    public static int Count => 1;

    [MethodImpl(AggressiveInlining)]
    public static OneRow<V> Load(byte* at, nint stride, nint n) => new(LaneWork.Load<V>(at, n));

    [MethodImpl(AggressiveInlining)]
    public static void Prefetch(byte* at, nint stride)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(at);
        }
    }

    [MethodImpl(AggressiveInlining)]
    public static void Store(OneRow<V> rows, byte* at, nint stride, nint n) =>
        LaneWork.Store(rows._a, at, n);

    [MethodImpl(AggressiveInlining)]
    public static OneRow<V> Same(V value) => new(value);

    [MethodImpl(AggressiveInlining)]
    public static OneRow<V> Const(double* values) => new(V.Const(values[0]));

    [MethodImpl(AggressiveInlining)]
    public static void Sum(OneRow<V> rows, double* sums) => sums[0] = LaneWork.Sum(rows._a);

    [MethodImpl(AggressiveInlining)]
    public static V Add(OneRow<V> rows, V sum) => sum + rows._a;

    [MethodImpl(AggressiveInlining)]
    public static V AddProducts(OneRow<V> a, OneRow<V> b, V sum) => V.Fma(a._a, b._a, sum);

    [MethodImpl(AggressiveInlining)]
    public static OneRow<V> First(OneRow<V> rows, nint n, OneRow<V> others) =>
        new(LaneWork.First(rows._a, n, others._a));

    [MethodImpl(AggressiveInlining)]
    public static OneRow<V> operator +(OneRow<V> a, OneRow<V> b) => new(a._a + b._a);

    [MethodImpl(AggressiveInlining)]
    public static OneRow<V> operator -(OneRow<V> a, OneRow<V> b) => new(a._a - b._a);

    [MethodImpl(AggressiveInlining)]
    public static OneRow<V> operator *(OneRow<V> a, OneRow<V> b) => new(a._a * b._a);

    [MethodImpl(AggressiveInlining)]
    public static OneRow<V> Fma(OneRow<V> a, OneRow<V> b, OneRow<V> c) =>
        new(V.Fma(a._a, b._a, c._a));
}
