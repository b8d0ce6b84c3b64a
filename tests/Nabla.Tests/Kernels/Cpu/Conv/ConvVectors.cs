using System.Runtime.Intrinsics.X86;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>Which register widths this machine can test, and checks that hold for each.</summary>
internal static unsafe class ConvVectors
{
    public static bool IsSupported<V>() where V : unmanaged, IConvVector<V> => V.Count switch
    {
        16 => Avx512F.IsSupported,
        8 => Avx2.IsSupported && Fma.IsSupported,
        _ => true,
    };

    public static void CheckArithmetic<V>() where V : unmanaged, IConvVector<V>
    {
        if (!IsSupported<V>())
        {
            return;
        }

        var numbers = stackalloc float[4 * V.Count];
        for (var i = 0; i < 4 * V.Count; i++)
        {
            numbers[i] = i * i;
        }

        var (a, b) = (V.Load(numbers), V.Load(numbers + V.Count));
        var (c, d) = (V.Load(numbers + (2 * V.Count)), V.Load(numbers + (3 * V.Count)));
        CheckLanes((x, y) => x + y, a + b);
        CheckLanes((x, y) => x - y, a - b);
        CheckLanes((x, y) => x * y, a * b);
        void CheckLanes(Func<float, float, float> expected, V actual)
        {
            var lanes = stackalloc float[V.Count];
            V.Store(actual, lanes);
            for (var i = 0; i < V.Count; i++)
            {
                Assert.Equal(expected(numbers[i], numbers[V.Count + i]), lanes[i]);
            }
        }

        var sums = V.Sum(a, b, c, d);
        for (var i = 0; i < 4; i++)
        {
            var expected = 0f;
            for (var j = 0; j < V.Count; j++)
            {
                expected += numbers[(i * V.Count) + j];
            }

            Assert.Equal(expected, sums[i]);
        }

        var result = stackalloc float[V.Count];
        V.Store(V.Fma(V.Broadcast(3), a, b), result);
        for (var j = 0; j < V.Count; j++)
        {
            Assert.Equal((3 * numbers[j]) + numbers[V.Count + j], result[j]);
        }
    }

    public static void CheckTranspose<V>() where V : unmanaged, IConvVector<V>
    {
        if (!IsSupported<V>())
        {
            return;
        }

        var (rowFrom, rowTo) = (V.Count + 3, V.Count + 5);
        var source = new float[V.Count * rowFrom];
        for (var i = 0; i < source.Length; i++)
        {
            source[i] = i;
        }

        var target = new float[V.Count * rowTo];
        fixed (float* from = source, to = target)
        {
            V.Transpose(from, rowFrom, to, rowTo);
        }

        for (var i = 0; i < target.Length; i++)
        {
            var (row, column) = (i / rowTo, i % rowTo);
            Assert.Equal(column < V.Count ? (column * rowFrom) + row : 0, target[i]);
        }
    }
}
