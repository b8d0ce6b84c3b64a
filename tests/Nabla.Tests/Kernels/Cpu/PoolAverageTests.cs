using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class PoolAverageTests
{
    [Theory]
    [MemberData(nameof(PoolCases.All), MemberType = typeof(PoolCases))]
    public void AveragesAndGradientsMatchTheirDefinition(
        int planes, int height, int width, int kernel, int stride, int pad, int dilation,
        bool ceilMode)
    {
        _ = dilation;
        var w = PoolCases.Square(height, width, kernel, stride, pad, 1, ceilMode);
        foreach (var (countPad, divisor) in new[] { (true, 0), (false, 0), (false, 3) })
        {
            Check<float>(planes, w, countPad, divisor, 1e-6);
            Check<double>(planes, w, countPad, divisor, 1e-14);
        }
    }

    // Expected values are those of torch.nn.functional.avg_pool2d.
    [Fact]
    public void PyTorchsValuesHold()
    {
        var w = PoolCases.Square(5, 5, 3, 2, 1, 1, true);
        KernelData.Close<float>(
            [20 / 9.0, 29 / 9.0, 15 / 9.0, 24 / 9.0, 39 / 9.0, 27 / 9.0, 16 / 9.0, 28 / 9.0,
                20 / 9.0],
            Forward(PoolCases.Plane, 1, w, countPad: true, 0), 1e-6);
        KernelData.Close<float>(
            [5, 29 / 6.0, 15 / 4.0, 4, 39 / 9.0, 4.5, 4, 28 / 6.0, 5],
            Forward(PoolCases.Plane, 1, w, countPad: false, 0), 1e-6);
        KernelData.Close<float>(
            [5, 5.25, 2, 2, 4, 5.5, 6, 4, 2],
            Forward(PoolCases.Plane, 1, PoolCases.Square(5, 5, 2, 2, 0, 1, true), true, 0), 1e-6);
    }

    private static void Check<T>(
        int planes, PoolWindow w, bool countPad, int divisor, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = KernelData.Numbers<T>(planes * w.Height * w.Width);
        var y = new double[planes * w.OutHeight * w.OutWidth];
        var gy = KernelData.Numbers<T>(y.Length, seed: 4);
        var gx = new double[x.Length];
        foreach (var (from, to, share) in Cells(planes, w, countPad, divisor))
        {
            y[to] += double.CreateChecked(x[from]) * share;
            gx[from] += double.CreateChecked(gy[to]) * share;
        }

        KernelData.Close<T>(
            y, KernelData.OnAnyThreads(() => Forward(x, planes, w, countPad, divisor)), tolerance);
        KernelData.Close<T>(
            gx, KernelData.OnAnyThreads(() => Backward(gy, planes, w, countPad, divisor)),
            tolerance);
    }

    private static IEnumerable<(int From, int To, double Share)> Cells(
        int planes, PoolWindow w, bool countPad, int divisor)
    {
        for (var to = 0; to < planes * w.OutHeight * w.OutWidth; to++)
        {
            var plane = to / (w.OutHeight * w.OutWidth) * w.Height * w.Width;
            var top = (to / w.OutWidth % w.OutHeight * w.StrideHeight) - w.PadHeight;
            var left = (to % w.OutWidth * w.StrideWidth) - w.PadWidth;
            var inside = new List<int>();
            var padded = 0;
            for (var r = top; r < Math.Min(top + w.KernelHeight, w.Height + w.PadHeight); r++)
            {
                for (var c = left; c < Math.Min(left + w.KernelWidth, w.Width + w.PadWidth); c++)
                {
                    padded++;
                    if (r >= 0 && r < w.Height && c >= 0 && c < w.Width)
                    {
                        inside.Add(plane + (r * w.Width) + c);
                    }
                }
            }

            var cells = divisor > 0 ? divisor : countPad ? padded : inside.Count;
            foreach (var from in inside)
            {
                yield return (from, to, 1.0 / cells);
            }
        }
    }

    private static T[] Forward<T>(T[] x, int planes, PoolWindow w, bool countPad, int divisor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = new T[planes * w.OutHeight * w.OutWidth];
        fixed (T* px = x, py = y)
        {
            PoolAverage.Forward(px, py, planes, w, countPad, divisor);
        }

        return y;
    }

    private static T[] Backward<T>(T[] gy, int planes, PoolWindow w, bool countPad, int divisor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var gx = KernelData.Numbers<T>(planes * w.Height * w.Width);
        fixed (T* pg = gy, px = gx)
        {
            PoolAverage.Backward(pg, px, planes, w, countPad, divisor);
        }

        return gx;
    }
}
