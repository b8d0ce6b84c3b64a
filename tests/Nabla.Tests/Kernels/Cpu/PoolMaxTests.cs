using System.Numerics;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class PoolMaxTests
{
    [Theory]
    [MemberData(nameof(PoolCases.All), MemberType = typeof(PoolCases))]
    public void MaximaAndPlacesMatchTheirDefinition(
        int planes, int height, int width, int kernel, int stride, int pad, int dilation,
        bool ceilMode)
    {
        var w = PoolCases.Square(height, width, kernel, stride, pad, dilation, ceilMode);
        Check<float>(planes, w);
        Check<double>(planes, w);
    }

    [Fact]
    public void PyTorchsValuesHold()
    {
        // torch.nn.functional.max_pool2d(x, 3, 2, 1, ceil_mode=True, return_indices=True)
        var (y, index) = Run(PoolCases.Plane, 1, PoolCases.Square(5, 5, 3, 2, 1, 1, true));
        Assert.Equal([9, 8, 6, 9, 9, 9, 6, 9, 9], y);
        Assert.Equal([5, 7, 8, 5, 18, 18, 20, 18, 18], index);

        // … (x, 2, 2, 1, dilation=2, return_indices=True)
        (y, index) = Run(PoolCases.Plane, 1, PoolCases.Square(5, 5, 2, 2, 1, 2, false));
        Assert.Equal([7, 7, 6, 7, 9, 9, 0, 9, 9], y);
        Assert.Equal([6, 6, 8, 6, 18, 18, 16, 18, 18], index);
    }

    [Fact]
    public void NaNWinsAndTheLastOfSeveralIsNamed()
    {
        foreach (var width in new[] { 5, 40 })
        {
            var x = new float[3 * width];
            x[0] = float.NaN;
            x[width + 1] = float.NaN;
            x[2] = float.PositiveInfinity;
            var (y, index) = Run(x, 1, PoolCases.Square(3, width, 3, 1, 0, 1, false));
            Assert.True(float.IsNaN(y[0]));
            Assert.Equal(width + 1, index[0]);
            Assert.Equal(float.PositiveInfinity, y[2]);
        }
    }

    [Fact]
    public void AWindowOfNegativeInfinityNamesItsFirstCell()
    {
        var x = new float[20 * 20];
        Array.Fill(x, float.NegativeInfinity);
        var (y, index) = Run(x, 1, PoolCases.Square(20, 20, 2, 2, 0, 1, false));
        Assert.All(y, value => Assert.Equal(float.NegativeInfinity, value));
        Assert.Equal([0, 2, 4, 6], index[..4]);
        Assert.Equal(2 * 20, index[10]);
    }

    [Fact]
    public void PlacesMayBeLeftOut()
    {
        var x = KernelData.Numbers<float>(2 * 20 * 20);
        var w = PoolCases.Square(20, 20, 3, 2, 1, 1, false);
        var y = new float[2 * w.OutHeight * w.OutWidth];
        fixed (float* px = x, py = y)
        {
            PoolMax.Forward(px, py, null, 2, w);
        }

        Assert.Equal(Run(x, 2, w).Y, y);
    }

    private static void Check<T>(int planes, PoolWindow w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = KernelData.Numbers<T>(planes * w.Height * w.Width)
            .Select(v => T.Round(v * T.CreateChecked(4))).ToArray();
        var (values, places) = Expected(x, planes, w);
        Assert.Equal(places, KernelData.OnAnyThreads(() => Run(x, planes, w).Index));
        Assert.Equal(values, KernelData.OnAnyThreads(() => Run(x, planes, w).Y));

        var gy = KernelData.Numbers<T>(values.Length, seed: 5);
        var gradient = new T[x.Length];
        var outSize = w.OutHeight * w.OutWidth;
        for (var i = 0; i < gy.Length; i++)
        {
            gradient[(i / outSize * w.Height * w.Width) + places[i]] += gy[i];
        }

        Assert.Equal(gradient, KernelData.OnAnyThreads(() =>
        {
            var gx = KernelData.Numbers<T>(x.Length);
            fixed (T* pg = gy, px = gx)
            fixed (long* pi = places)
            {
                PoolMax.Backward(pg, pi, px, planes, w.Height * w.Width, outSize);
            }

            return gx;
        }));
    }

    private static (T[] Values, long[] Places) Expected<T>(T[] x, int planes, PoolWindow w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[planes * w.OutHeight * w.OutWidth];
        var places = new long[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var plane = i / (w.OutHeight * w.OutWidth) * w.Height * w.Width;
            var top = (i / w.OutWidth % w.OutHeight * w.StrideHeight) - w.PadHeight;
            var left = (i % w.OutWidth * w.StrideWidth) - w.PadWidth;
            values[i] = T.NegativeInfinity;
            for (var tap = 0; tap < w.KernelHeight * w.KernelWidth; tap++)
            {
                var r = top + (tap / w.KernelWidth * w.DilationHeight);
                var c = left + (tap % w.KernelWidth * w.DilationWidth);
                if (r >= 0 && r < w.Height && c >= 0 && c < w.Width
                    && x[plane + (r * w.Width) + c] > values[i])
                {
                    places[i] = (r * w.Width) + c;
                    values[i] = x[plane + places[i]];
                }
            }
        }

        return (values, places);
    }

    private static (T[] Y, long[] Index) Run<T>(T[] x, int planes, PoolWindow w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = new T[planes * w.OutHeight * w.OutWidth];
        var index = new long[y.Length];
        fixed (T* px = x, py = y)
        fixed (long* pi = index)
        {
            PoolMax.Forward(px, py, pi, planes, w);
        }

        return (y, index);
    }
}
