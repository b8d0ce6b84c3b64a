using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class SoftmaxTests
{
    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(3, 10, 1)]
    [InlineData(2, 16, 1)]
    [InlineData(5, 47, 1)]
    [InlineData(300, 100, 1)]
    [InlineData(2, 5, 3)]
    [InlineData(2, 10, 200)]
    [InlineData(7, 20, 33)]
    [InlineData(0, 5, 1)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 0, 3)]
    [InlineData(2, 5, 0)]
    public void ValuesAndGradientsMatchTheirDefinition(int outer, int axis, int inner)
    {
        foreach (var log in new[] { false, true })
        {
            Check<float>(outer, axis, inner, log, 2e-6);
            Check<double>(outer, axis, inner, log, 1e-13);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void HugeNumbersDoNotOverflow(int inner)
    {
        float[] column = [1e30f, 1e30f, -1e30f, float.NegativeInfinity];
        var x = column.SelectMany(v => Enumerable.Repeat(v, inner)).ToArray();
        double[] half = [0.5, 0.5, 0, 0];
        KernelData.Close<float>(
            half.SelectMany(v => Enumerable.Repeat(v, inner)).ToArray(),
            Forward(x, 1, 4, inner, log: false), 1e-6);
        Assert.Equal(float.NegativeInfinity, Forward(x, 1, 4, inner, log: true)[^1]);
    }

    // torch.softmax gives NaN for all three, in every element of the row.
    [Theory]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(float.NaN, 1)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    public void RowsWithoutAFiniteMaximumAreNaN(float one, float others)
    {
        foreach (var (inner, axis) in new[] { (1, 5), (3, 5), (1, 40) })
        {
            var x = new float[axis * inner];
            Array.Fill(x, others);
            new Span<float>(x, 2 * inner, inner).Fill(one);
            foreach (var log in new[] { false, true })
            {
                var y = Forward(x, 1, axis, inner, log);
                Assert.All(y, v => Assert.True(float.IsNaN(v)));
            }
        }
    }

    private static void Check<T>(int outer, int axis, int inner, bool log, double tolerance)
        where T : unmanaged, INumberBase<T>
    {
        var x = KernelData.Numbers<T>(outer * axis * inner);
        var gy = KernelData.Numbers<T>(x.Length, seed: 3);
        var y = new double[x.Length];
        var gx = new double[x.Length];
        for (var column = 0; column < outer * inner; column++)
        {
            int At(int a) => (((column / inner * axis) + a) * inner) + (column % inner);
            var places = Enumerable.Range(0, axis).Select(At).ToArray();
            var sum = places.Sum(p => Math.Exp(double.CreateChecked(x[p])));
            var dot = 0.0;
            foreach (var p in places)
            {
                var value = double.CreateChecked(x[p]);
                y[p] = log ? value - Math.Log(sum) : Math.Exp(value) / sum;
                dot += double.CreateChecked(gy[p]) * (log ? 1 : y[p]);
            }

            foreach (var p in places)
            {
                var gradient = double.CreateChecked(gy[p]);
                gx[p] = log ? gradient - (Math.Exp(y[p]) * dot) : y[p] * (gradient - dot);
            }
        }

        var output = KernelData.OnAnyThreads(() => Forward(x, outer, axis, inner, log));
        KernelData.Close<T>(y, output, tolerance);
        KernelData.Close<T>(
            gx, KernelData.OnAnyThreads(() => Backward(gy, output, outer, axis, inner, log)),
            tolerance);
    }

    private static T[] Forward<T>(T[] x, int outer, int axis, int inner, bool log)
        where T : unmanaged
    {
        var y = new T[x.Length];
        fixed (T* px = x, py = y)
        {
            Softmax.Forward(px, py, outer, axis, inner, log);
        }

        return y;
    }

    private static T[] Backward<T>(T[] gy, T[] y, int outer, int axis, int inner, bool log)
        where T : unmanaged
    {
        var gx = new T[y.Length];
        fixed (T* pg = gy, py = y, px = gx)
        {
            Softmax.Backward(pg, py, px, outer, axis, inner, log);
        }

        return gx;
    }
}
