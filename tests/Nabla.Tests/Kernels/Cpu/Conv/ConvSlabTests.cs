using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvSlabTests
{
    [Theory]
    [InlineData(1, 1, 1, 1 << 20)]
    [InlineData(1, 1, 1, 4000)]
    [InlineData(2, 3, 1, 1 << 20)]
    [InlineData(2, 3, 2, 4000)]
    [InlineData(3, 1, 1, 1)]
    public void EveryTapOfEveryTargetFindsItsChannels(
        int strideH, int strideW, int dilation, int bytes)
    {
        var shape = new Conv2dShape(
            3, 10, 14, 9, 1, 3, 2, strideH, strideW, 2, 1, dilation, 1, 2);
        var plan = ConvPlan.Forward(in shape);
        var source = new float[3 * 10 * 14 * 9];
        for (var i = 0; i < source.Length; i++)
        {
            source[i] = i + 1;
        }

        var slab = ConvSlab.Choose<ConvVector128>(in plan, 3, bytes, maxImages: 2);
        var tables = stackalloc nint[(int)slab.TableSize];
        slab.WriteTables(tables);
        var seen = 0;
        for (var unit = 0; unit < slab.Units; unit++)
        {
            var part = slab.Part(unit);
            seen += part.Pixels;
            var numbers = new float[slab.Size];
            fixed (float* from = source, to = numbers)
            {
                slab.Pack<ConvVector128>(in part, 1, from, to);
            }

            for (var pixel = 0; pixel < part.Pixels; pixel++)
            {
                CheckPixel(in shape, in slab, in part, pixel, numbers);
            }
        }

        Assert.Equal(3 * plan.TargetSize, seen);
    }

    private static void CheckPixel(
        in Conv2dShape shape, in ConvSlab slab, in ConvSlabPart part, int pixel, float[] numbers)
    {
        var (column, row) = (pixel % shape.OutW, pixel / shape.OutW % part.Rows);
        var image = part.Image + (pixel / shape.OutW / part.Rows);
        for (var tap = 0; tap < shape.R * shape.S; tap++)
        {
            var (r, s) = (tap / shape.S, tap % shape.S);
            var at = slab.PixelOffsets[pixel] + slab.TapOffset(r, s);
            var h = ((part.Row + row) * shape.StrideH) + (r * shape.DilationH) - shape.PadH;
            var w = (column * shape.StrideW) + s - shape.PadW;
            for (var c = 0; c < slab.Pitch; c++)
            {
                var inside = c < 5 && h >= 0 && h < shape.H && w >= 0 && w < shape.W;
                var from = (((((image * 10) + 5 + c) * shape.H) + h) * shape.W) + w;
                Assert.Equal(inside ? from + 1 : 0, numbers[at + c]);
            }
        }
    }
}
