using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class GemmWideTests
{
    /// <summary>Blocked, several blocks of k, tall, dots, vectors, a split k, nothing to add up.
    /// </summary>
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 61, 83, 70 }, { 130, 96, 1100 }, { 700, 33, 40 }, { 3, 5, 900 }, { 1, 300, 200 },
        { 300, 1, 64 }, { 40, 48, 4096 }, { 7, 9, 0 }, { 15, 32, 1 }, { 520, 520, 130 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Residual_mask_and_sums_agree_with_their_definition(int m, int n, int k)
    {
        foreach (var inPlace in new[] { false, true })
        {
            Check<float>(m, n, k, inPlace, 1e-6);
            Check<double>(m, n, k, inPlace, 1e-14);
        }
    }

    [Fact]
    public void The_sums_of_no_rows_are_0()
    {
        var sums = new float[] { 1, 2 };
        fixed (float* s = sums)
        {
            Gemm.Run(0, 2, 3, s, 3, 1, s, 2, 1, s, 2, new GemmEpilogue { ColumnSums = s });
        }
        Assert.Equal([0, 0], sums);
    }

    private static void Check<T>(int m, int n, int k, bool inPlace, double tolerance)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var ldc = n + 3;
        var (a, b) = (KernelData.Numbers<T>(m * k, 1), KernelData.Numbers<T>(k * n, 2));
        var residual = KernelData.Numbers<T>(m * ldc, 3);
        var mask = KernelData.Numbers<T>(m * ldc, 4);
        var bias = KernelData.Numbers<T>(n, 5);
        var expected = new double[(m * ldc) + n];
        var error = tolerance * (k + m + 8);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var at = (i * ldc) + j;
                var sum = D(residual[at]) + D(bias[j]);
                for (var p = 0; p < k; p++)
                {
                    sum += D(a[(i * k) + p]) * D(b[(p * n) + j]);
                }
                expected[at] = D(mask[at]) > 0 ? sum : 0;
                expected[(m * ldc) + j] += expected[at];
            }
        }
        var actual = KernelData.OnAnyThreads(() =>
        {
            T[] c = inPlace ? [.. residual] : new T[m * ldc];
            var sums = new T[n];
            fixed (T* x = a, y = b, z = c, r = residual, q = mask, s = sums, w = bias)
            {
                Gemm.Run(m, n, k, x, k, 1, y, n, 1, z, ldc, new GemmEpilogue
                {
                    ColumnBias = w,
                    Residual = inPlace ? z : r,
                    Mask = q,
                    ColumnSums = s,
                });
            }
            return (T[])[.. c, .. sums];
        });
        for (var i = 0; i < expected.Length; i++)
        {
            // What lies between the rows stays as it is.
            var value = i < m * ldc && i % ldc >= n
                ? inPlace ? D(residual[i]) : 0
                : expected[i];
            Assert.True(Math.Abs(D(actual[i]) - value) <= error,
                $"{m}×{n}×{k}: element {i} is {actual[i]}, expected {value}");
        }
    }

    private static double D<T>(T x) where T : System.Numerics.INumberBase<T> =>
        double.CreateTruncating(x);
}
