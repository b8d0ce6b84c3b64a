using System.Numerics;
using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class PoolAverageLinesTests
{
    /// <summary>Kernel, stride and padding of rows, then of columns, and ceil mode.</summary>
    public static TheoryData<int, int, int, int, int, int, bool> Geometries => new()
    {
        { 3, 1, 1, 3, 1, 1, false },
        { 3, 2, 1, 3, 2, 1, false },
        { 3, 2, 1, 3, 2, 1, true },
        { 2, 1, 0, 5, 1, 2, false },
        { 5, 2, 2, 4, 3, 2, true },
        { 2, 3, 1, 2, 3, 1, true },
        { 1, 2, 0, 7, 2, 3, false },
        { 4, 4, 0, 6, 4, 3, true },
        { 1, 1, 0, 1, 1, 0, false },
    };

    [Theory]
    [MemberData(nameof(Geometries))]
    public void EveryRegisterWidthComputesTheDefinitionForEveryRowLength(
        int kernelHeight, int strideHeight, int padHeight,
        int kernelWidth, int strideWidth, int padWidth, bool ceilMode)
    {
        for (var width = kernelWidth; width <= 50; width += width < 20 ? 1 : 7)
        {
            var w = new PoolWindow(4 + (width % 15), width)
            {
                KernelHeight = kernelHeight,
                StrideHeight = strideHeight,
                PadHeight = padHeight,
                KernelWidth = kernelWidth,
                StrideWidth = strideWidth,
                PadWidth = padWidth,
                CeilMode = ceilMode,
            };
            foreach (var (countPad, divisor) in new[] { (true, 0), (false, 0), (false, 3) })
            {
                CheckAll(w, countPad, divisor);
            }
        }
    }

    [Fact]
    public void LongRowsGoThroughAFewAtATime()
    {
        CheckAll(PoolCases.Square(3, 1500, 3, 1, 1, 1, false), true, 0);
        CheckAll(PoolCases.Square(5, 1501, 3, 2, 1, 1, true), false, 0);
    }

    [Fact]
    public void NaNAndInfinityStayInTheirWindows()
    {
        var w = PoolCases.Square(5, 40, 3, 1, 1, 1, false);
        var x = new float[200];
        (x[(2 * 40) + 20], x[(2 * 40) + 39]) = (float.NaN, float.PositiveInfinity);
        var y = Run<float, F32x4>(x, w, true, 0, isForward: true);
        var gx = Run<float, F32x4>(x, w, true, 0, isForward: false);
        for (var i = 0; i < 200; i++)
        {
            var (row, column) = (i / 40, i % 40);
            var near = Math.Abs(row - 2) <= 1;
            var expected = near && Math.Abs(column - 20) <= 1 ? float.NaN
                : near && column >= 38 ? float.PositiveInfinity : 0;
            Assert.Equal(expected, y[i + 1]);
            Assert.Equal(expected, gx[i + 1]);
        }
    }

    private static void CheckAll(PoolWindow w, bool countPad, int divisor)
    {
        Check<double, F64x1>(w, countPad, divisor, 1e-14);
        Check<float, F32x4>(w, countPad, divisor, 1e-6);
        if (Simd.Medium)
        {
            Check<float, F32x8>(w, countPad, divisor, 1e-6);
        }

        if (Simd.Wide)
        {
            Check<float, F32x16>(w, countPad, divisor, 1e-6);
        }
    }

    private static void Check<T, V>(PoolWindow w, bool countPad, int divisor, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : unmanaged, ILanes<V>
    {
        var x = KernelData.Numbers<T>(w.Height * w.Width);
        var gy = KernelData.Numbers<T>(w.OutHeight * w.OutWidth, seed: 4);
        var y = new double[gy.Length + 2];
        var gx = new double[x.Length + 2];
        (y[0], y[^1], gx[0], gx[^1]) = (double.NaN, double.NaN, double.NaN, double.NaN);
        for (var to = 0; to < gy.Length; to++)
        {
            var rows = PoolExtent.Rows(w, to / w.OutWidth, countPad);
            var columns = PoolExtent.Columns(w, to % w.OutWidth, countPad);
            var cells = divisor > 0 ? divisor : rows.Cells * columns.Cells;
            for (var r = rows.Start; r < rows.End; r++)
            {
                for (var c = columns.Start; c < columns.End; c++)
                {
                    y[to + 1] += double.CreateChecked(x[(r * w.Width) + c]) / cells;
                    gx[(r * w.Width) + c + 1] += double.CreateChecked(gy[to]) / cells;
                }
            }
        }

        KernelData.Close<T>(
            y, Run<T, V>(x, w, countPad, divisor, isForward: true), tolerance);
        KernelData.Close<T>(
            gx, Run<T, V>(gy, w, countPad, divisor, isForward: false), tolerance);
    }

    // One number more on each side shows what is written outside.
    private static T[] Run<T, V>(
        T[] from, PoolWindow w, bool countPad, int divisor, bool isForward)
        where T : unmanaged, IFloatingPointIeee754<T>
        where V : unmanaged, ILanes<V>
    {
        var to = new T[2 + (isForward ? w.OutHeight * w.OutWidth : w.Height * w.Width)];
        to.AsSpan().Fill(T.NaN);
        using var scratch = Scratch.Rent(PoolAverageLines<T, V>.Bytes(w));
        var lines = new PoolAverageLines<T, V>(w, countPad, divisor, scratch.Pointer);
        fixed (T* source = from, target = to)
        {
            if (isForward)
            {
                lines.Forward(source, target + 1);
            }
            else
            {
                lines.Backward(source, target + 1);
            }
        }

        return to;
    }
}
