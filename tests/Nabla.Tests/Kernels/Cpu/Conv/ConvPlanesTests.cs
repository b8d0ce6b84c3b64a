using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvPlanesTests
{
    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(1, 3, 0)]
    [InlineData(2, 2, 1)]
    [InlineData(3, 2, 5)]
    public void PackedPlanesHoldTheSourceAmongZeros(int strideH, int strideW, int pad)
    {
        var plan = ConvPlan.Forward(new(
            1, 2, 7, 19, 1, 3, 3, strideH, strideW, pad, pad, 1, 1, 1));
        var source = new float[2 * 7 * 19];
        for (var i = 0; i < source.Length; i++)
        {
            source[i] = i + 1;
        }

        var planes = new float[plan.PlanesSize];
        fixed (float* from = source, to = planes)
        {
            ConvPlanes.Pack(in plan, from, to);
        }

        for (var i = 0; i < planes.Length; i++)
        {
            var (column, row) = (i % plan.W.Plane, i / plan.W.Plane % plan.H.Plane);
            var (channel, phase) = (i / plan.PlaneSize % 2, i / plan.PlaneSize / 2);
            var h = plan.H.SourceOf(phase / strideW, row);
            var w = plan.W.SourceOf(phase % strideW, column);
            var inside = h >= 0 && h < 7 && w >= 0 && w < 19;
            Assert.Equal(inside ? (((channel * 7) + h) * 19) + w + 1 : 0, planes[i]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(21)]
    public void UnpackedRowsLoseTheirEnds(int columns)
    {
        var pitch = columns + 2;
        var plane = new float[3 * pitch];
        for (var i = 0; i < plane.Length; i++)
        {
            plane[i] = i;
        }

        foreach (var column in new[] { 1, 2 })
        {
            var row = columns * column;
            var target = new float[3 * row];
            target.AsSpan().Fill(-1);
            fixed (float* from = plane, to = target)
            {
                ConvPlanes.Unpack(from, pitch, 3, columns, to, row, column);
            }

            for (var i = 0; i < target.Length; i++)
            {
                var j = i % row;
                Assert.Equal(
                    j % column == 0 ? (i / row * pitch) + (j / column) : -1, target[i]);
            }
        }
    }

    [Fact]
    public void SpreadRowsKeepTheGapsBetweenThem()
    {
        var source = stackalloc float[] { 1, 2, 3, 4, 5, 6 };
        var plane = stackalloc float[] { 9, 9, 9, 9, 9, 9, 9, 9 };
        ConvPlanes.Spread(source, 2, 3, plane, 5);
        float[] expected = [1, 2, 3, 9, 9, 4, 5, 6];
        Assert.Equal(expected, new Span<float>(plane, 8).ToArray());
    }

    [Fact]
    public void CopyWritesExactlyTheCount()
    {
        var source = new float[64];
        for (var count = 0; count < 40; count++)
        {
            var target = new float[64];
            source.AsSpan().Fill(count + 1);
            fixed (float* from = source, to = target)
            {
                ConvPlanes.Copy(from, to, count);
            }

            Assert.Equal(count, target.Count(number => number == count + 1));
            Assert.Equal(0, target[count]);
        }
    }
}
