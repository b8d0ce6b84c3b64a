using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>A row's elements in reverse order, a register at a time.</summary>
internal static unsafe class ReversedCopy
{
    /// <summary>y[i] = x[n − 1 − i] for i below n; elements have 1, 2, 4 or 8 bytes.</summary>
    public static void Run(void* x, void* y, long n, int elementSize)
    {
        switch (elementSize)
        {
            case 1:
                Each((byte*)x, (byte*)y, n);
                break;
            case 2:
                Each((ushort*)x, (ushort*)y, n);
                break;
            case 4:
                Words((uint*)x, (uint*)y, n);
                break;
            default:
                Longs((ulong*)x, (ulong*)y, n);
                break;
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static void Words(uint* x, uint* y, long n)
    {
        long i = 0;
        if (Simd.Wide)
        {
            var order = Vector512.Create(15u, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
            for (; i <= n - 16; i += 16)
            {
                Vector512.Shuffle(Vector512.Load(x + n - 16 - i), order).Store(y + i);
            }
        }

        if (Simd.Medium)
        {
            var order = Vector256.Create(7u, 6, 5, 4, 3, 2, 1, 0);
            for (; i <= n - 8; i += 8)
            {
                Vector256.Shuffle(Vector256.Load(x + n - 8 - i), order).Store(y + i);
            }
        }

        for (; i <= n - 4; i += 4)
        {
            Vector128.Shuffle(Vector128.Load(x + n - 4 - i), Vector128.Create(3u, 2, 1, 0))
                .Store(y + i);
        }

        Each(x, y + i, n - i);
    }

    [MethodImpl(AggressiveOptimization)]
    private static void Longs(ulong* x, ulong* y, long n)
    {
        long i = 0;
        if (Simd.Medium)
        {
            for (; i <= n - 4; i += 4)
            {
                Vector256.Shuffle(Vector256.Load(x + n - 4 - i), Vector256.Create(3ul, 2, 1, 0))
                    .Store(y + i);
            }
        }

        Each(x, y + i, n - i);
    }

    [MethodImpl(AggressiveOptimization)]
    private static void Each<T>(T* x, T* y, long n) where T : unmanaged
    {
        for (long i = 0; i < n; i++)
        {
            y[i] = x[n - 1 - i];
        }
    }
}
