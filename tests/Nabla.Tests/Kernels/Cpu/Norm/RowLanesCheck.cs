using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Norm;

/// <summary>Compares rows of lanes with plain loops. Whole numbers: every sum is exact.</summary>
internal static unsafe class RowLanesCheck<V, TRows>
    where V : unmanaged, ILanes<V>
    where TRows : struct, IRowLanes<TRows, V>
{
    private const int Stride = 20;

    private static int Rows => TRows.Count;

    public static void Run()
    {
        if ((V.Count == 16 && !Simd.Wide) || (V.Count == 8 && !Simd.Medium))
        {
            return;
        }
        for (var n = 1; n <= V.Count; n++)
        {
            var (x, y, w) = (Whole(2), Whole(5), Whole(7));
            Each((a, b) => a + b, (x, y) => x + y, n, x, y);
            Each((a, b) => a - b, (x, y) => x - y, n, x, y);
            Each((a, b) => a * b, (x, y) => x * y, n, x, y);
            Each((a, b) => (a * b) + a, (x, y) => TRows.Fma(x, y, x), n, x, y);
            Totals(n, x, y, w);
        }
    }

    private static double[] Whole(int seed) =>
        [.. Enumerable.Range(0, 4 * Stride).Select(i => (double)((i * seed % 11) - 4))];

    private static void Each(Func<double, double, double> one,
        Func<TRows, TRows, TRows> rows, int n, double[] x, double[] y)
    {
        var result = new double[4 * Stride];
        Array.Fill(result, -99);
        var (px, py, pr) = (Bytes(x), Bytes(y), Bytes(result));
        fixed (byte* a = px, b = py, r = pr)
        {
            nint stride = Stride * LaneWork.Size<V>();
            TRows.Prefetch(a, stride);
            TRows.Store(rows(TRows.Load(a, stride, n), TRows.Load(b, stride, n)), r, stride, n);
        }
        for (var i = 0; i < result.Length; i++)
        {
            var isIn = i / Stride < Rows && i % Stride < n;
            Assert.Equal(isIn ? one(x[i], y[i]) : -99, Number(pr, i));
        }
    }

    private static void Totals(int n, double[] x, double[] y, double[] w)
    {
        var (px, py, pw) = (Bytes(x), Bytes(y), Bytes(w));
        var sums = stackalloc double[4];
        V added, products;
        fixed (byte* a = px, b = py, c = pw)
        {
            nint stride = Stride * LaneWork.Size<V>();
            var rows = TRows.Load(a, stride, n);
            TRows.Sum(rows, sums);
            added = TRows.Add(rows, LaneWork.Load<V>(c, n));
            products = TRows.AddProducts(
                rows, TRows.Load(b, stride, n), LaneWork.Load<V>(c, n));
            var constant = TRows.First(
                TRows.Const(sums), n, TRows.Same(V.Const(3)));
            var each = stackalloc double[4];
            TRows.Sum(constant, each);
            for (var row = 0; row < Rows; row++)
            {
                Assert.Equal((n * sums[row]) + (3 * (V.Count - n)), each[row]);
            }
        }
        for (var row = 0; row < Rows; row++)
        {
            Assert.Equal(x[(row * Stride)..((row * Stride) + n)].Sum(), sums[row]);
        }
        for (var i = 0; i < n; i++)
        {
            var at = Enumerable.Range(0, Rows).Select(row => (row * Stride) + i).ToArray();
            Assert.Equal(w[i] + at.Sum(j => x[j]), Lane(added, i));
            Assert.Equal(w[i] + at.Sum(j => x[j] * y[j]), Lane(products, i));
        }
    }

    private static byte[] Bytes(double[] values) => LaneWork.Size<V>() == sizeof(double)
        ? [.. values.SelectMany(BitConverter.GetBytes)]
        : [.. values.SelectMany(v => BitConverter.GetBytes((float)v))];

    private static double Number(byte[] from, int i) => LaneWork.Size<V>() == sizeof(double)
        ? BitConverter.ToDouble(from, i * sizeof(double))
        : BitConverter.ToSingle(from, i * sizeof(float));

    private static double Lane(V value, int i) =>
        LaneWork.Read<V>((byte*)&value + (i * LaneWork.Size<V>()));
}
