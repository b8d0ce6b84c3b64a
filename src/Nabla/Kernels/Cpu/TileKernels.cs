using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>The innermost loops: a scalar primitive over contiguous numbers of one type.</summary>
internal static unsafe class TileKernels
{
    [MethodImpl(AggressiveOptimization)]
    public static void Unary<TFn, V>(void* x, void* y, nint n)
        where TFn : struct, IUnaryFn where V : unmanaged, ILanes<V>
    {
        var a = (byte*)x;
        var z = (byte*)y;
        nint i = 0;
        for (; i <= n - V.Count; i += V.Count)
        {
            V.Store(TFn.Invoke(V.Load(a)), z);
            a += sizeof(V);
            z += sizeof(V);
        }

        if (i < n)
        {
            V.StorePart(TFn.Invoke(V.LoadPart(a, n - i)), z, n - i);
        }
    }

    [MethodImpl(AggressiveOptimization)]
    public static void Binary<TFn, V>(void* x, void* y, void* z, nint n)
        where TFn : struct, IBinaryFn where V : unmanaged, ILanes<V>
    {
        nint i = 0;
        nint at = 0;
        for (; i <= n - V.Count; i += V.Count)
        {
            var value = TFn.Invoke(V.Load((byte*)x + at), V.Load((byte*)y + at));
            V.Store(value, (byte*)z + at);
            at += sizeof(V);
        }

        if (i < n)
        {
            var value = TFn.Invoke(
                V.LoadPart((byte*)x + at, n - i), V.LoadPart((byte*)y + at, n - i));
            V.StorePart(value, (byte*)z + at, n - i);
        }
    }

    [MethodImpl(AggressiveOptimization)]
    public static void Ternary<TFn, V>(void* w, void* x, void* y, void* z, nint n)
        where TFn : struct, ITernaryFn where V : unmanaged, ILanes<V>
    {
        nint i = 0;
        nint at = 0;
        for (; i <= n - V.Count; i += V.Count)
        {
            var value = TFn.Invoke(
                V.Load((byte*)w + at), V.Load((byte*)x + at), V.Load((byte*)y + at));
            V.Store(value, (byte*)z + at);
            at += sizeof(V);
        }

        if (i < n)
        {
            var value = TFn.Invoke(
                V.LoadPart((byte*)w + at, n - i),
                V.LoadPart((byte*)x + at, n - i),
                V.LoadPart((byte*)y + at, n - i));
            V.StorePart(value, (byte*)z + at, n - i);
        }
    }
}
