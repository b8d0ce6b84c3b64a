using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Maximum pooling of float32 planes in windows of two columns that lie side by side and touch no
/// padding, with AVX-512: sixteen windows of a row, or as many as it has, are two shuffles a line.
/// </summary>
internal static unsafe class PoolMaxPairs
{
    /// <summary>Whether the windows are such, and the machine has the registers.</summary>
    public static bool Suits(in PoolWindow w) => Avx512F.IsSupported
        && w is { KernelWidth: 2, StrideWidth: 2, PadWidth: 0, PadHeight: 0, DilationWidth: 1 }
        && 2 * w.OutWidth <= w.Width
        && ((w.OutHeight - 1) * w.StrideHeight) + ((w.KernelHeight - 1) * w.DilationHeight)
            < w.Height;

    /// <summary>Writes one plane's maxima and, unless <paramref name="index"/> is null, their
    /// places: of equal numbers the first, of NaN the last.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Run(float* x, float* y, long* index, in PoolWindow w)
    {
        var (outHeight, outWidth) = (w.OutHeight, w.OutWidth);
        var (rows, line) = (w.KernelHeight, w.DilationHeight * w.Width);
        var even = Vector512<int>.Indices << 1;
        var odd = even + Vector512<int>.One;
        for (var row = 0; row < outHeight; row++)
        {
            for (var column = 0; column < outWidth; column += Vector512<float>.Count)
            {
                var count = outWidth - column;
                var at = (row * w.StrideHeight * w.Width) + (2 * column);
                var (head, tail) = PairLanes16.LoadPairs(x + at, count);
                var best = Avx512F.PermuteVar16x32x2(head, even, tail);
                var places = even + Vector512.Create(at);
                Keep(Avx512F.PermuteVar16x32x2(head, odd, tail), odd + Vector512.Create(at),
                    ref best, ref places);
                for (var r = 1; r < rows; r++)
                {
                    at += line;
                    (head, tail) = PairLanes16.LoadPairs(x + at, count);
                    Keep(Avx512F.PermuteVar16x32x2(head, even, tail),
                        even + Vector512.Create(at), ref best, ref places);
                    Keep(Avx512F.PermuteVar16x32x2(head, odd, tail),
                        odd + Vector512.Create(at), ref best, ref places);
                }

                Avx512F.MaskStore(y + column, First(count).AsSingle(), best);
                if (index != null)
                {
                    StorePlaces(places, index + column, count);
                }
            }

            y += outWidth;
            index = index == null ? null : index + outWidth;
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static Vector512<int> First(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count));

    [MethodImpl(AggressiveInlining)]
    private static void Keep(Vector512<float> value, Vector512<int> place,
        ref Vector512<float> best, ref Vector512<int> places)
    {
        var better = Vector512.GreaterThan(value, best) | Vector512.IsNaN(value);
        best = Vector512.ConditionalSelect(better, value, best);
        places = Vector512.ConditionalSelect(better.AsInt32(), place, places);
    }

    [MethodImpl(AggressiveInlining)]
    private static void StorePlaces(Vector512<int> places, long* index, int count)
    {
        var (low, high) = Vector512.Widen(places);
        var lanes = Vector512.Create((long)count);
        Avx512F.MaskStore(index, Vector512.LessThan(Vector512<long>.Indices, lanes), low);
        if (count > 8)
        {
            Avx512F.MaskStore(index + 8, Vector512.LessThan(
                Vector512<long>.Indices + Vector512.Create(8L), lanes), high);
        }
    }
}
