using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class PoolAdaptiveAverageTests
{
    [Theory]
    [InlineData(3, 7, 7, 1, 1)]
    [InlineData(900, 7, 7, 1, 1)]
    [InlineData(2, 5, 7, 3, 2)]
    [InlineData(2, 40, 70, 6, 1)]
    [InlineData(2, 12, 64, 6, 2)]
    [InlineData(2, 3, 3, 5, 7)]
    [InlineData(300, 20, 20, 7, 7)]
    [InlineData(9, 13, 13, 6, 1)]
    [InlineData(0, 3, 3, 1, 1)]
    [InlineData(0, 9, 9, 3, 3)]
    public void AveragesAndGradientsMatchTheirDefinition(
        int planes, int height, int width, int outHeight, int outWidth)
    {
        Check<float>(planes, height, width, outHeight, outWidth, 1e-6);
        Check<double>(planes, height, width, outHeight, outWidth, 1e-14);
    }

    [Fact]
    public void PyTorchsValuesHold() => KernelData.Close<float>(
        [5, 25 / 6.0, 38 / 9.0, 41 / 9.0, 28 / 6.0, 32 / 6.0],
        Forward(PoolCases.Plane, 1, 5, 5, 3, 2), 1e-6);

    private static void Check<T>(
        int planes, int height, int width, int outHeight, int outWidth, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = KernelData.Numbers<T>(planes * height * width);
        var y = new double[planes * outHeight * outWidth];
        var gy = KernelData.Numbers<T>(y.Length, seed: 4);
        var gx = new double[x.Length];
        for (var to = 0; to < y.Length; to++)
        {
            var plane = to / (outHeight * outWidth) * height * width;
            var rows = Window(to / outWidth % outHeight, height, outHeight);
            var columns = Window(to % outWidth, width, outWidth);
            var cells = rows
                .SelectMany(r => columns.Select(c => plane + (r * width) + c)).ToArray();
            foreach (var from in cells)
            {
                y[to] += double.CreateChecked(x[from]) / cells.Length;
                gx[from] += double.CreateChecked(gy[to]) / cells.Length;
            }
        }

        KernelData.Close<T>(
            y,
            KernelData.OnAnyThreads(() => Forward(x, planes, height, width, outHeight, outWidth)),
            tolerance);
        KernelData.Close<T>(
            gx,
            KernelData.OnAnyThreads(
                () => Backward(gy, planes, height, width, outHeight, outWidth)),
            tolerance);
    }

    private static int[] Window(int at, int size, int outSize)
    {
        var start = (int)Math.Floor((double)at * size / outSize);
        var end = (int)Math.Ceiling((at + 1.0) * size / outSize);
        return [.. Enumerable.Range(start, end - start)];
    }

    private static T[] Forward<T>(
        T[] x, int planes, int height, int width, int outHeight, int outWidth)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = new T[planes * outHeight * outWidth];
        fixed (T* px = x, py = y)
        {
            PoolAdaptiveAverage.Forward(px, py, planes, height, width, outHeight, outWidth);
        }

        return y;
    }

    private static T[] Backward<T>(
        T[] gy, int planes, int height, int width, int outHeight, int outWidth)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var gx = KernelData.Numbers<T>(planes * height * width);
        fixed (T* pg = gy, px = gx)
        {
            PoolAdaptiveAverage.Backward(pg, px, planes, height, width, outHeight, outWidth);
        }

        return gx;
    }
}
