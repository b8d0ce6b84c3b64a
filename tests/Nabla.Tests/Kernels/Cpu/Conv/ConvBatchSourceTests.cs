using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvBatchSourceTests
{
    [Theory]
    [InlineData(6, 14, 1, 6)]
    [InlineData(32, 14, 3, 11)]
    [InlineData(29, 14, 3, 10)]
    public void EveryChannelOfEveryImageHasItsPlace(
        int images, int maxImages, int units, int imagesPerUnit)
    {
        const int channels = 11;
        var shape = new Conv2dShape(images, channels, 5, 4, 12, 3, 3, 2, 2, 1, 1, 1, 1, 1);
        var plan = ConvPlan.Forward(in shape);
        var tables = stackalloc int[(int)ConvPixels.Room(in plan)];
        var pixels = new ConvPixels(in plan, tables);
        var source = Enumerable.Range(0, images * channels * 20).Select(i => (float)i).ToArray();
        fixed (float* from = source)
        {
            var pack = ConvBatchSource<ConvVector128>.Of(
                in pixels, images, maxImages, channels, from, fillsUnits: true);
            Assert.Equal((units, imagesPerUnit), (pack.Units, pack.ImagesPerUnit));
            var packed = new float[pack.Size];
            packed.AsSpan().Fill(float.NaN);
            fixed (float* to = packed)
            {
                pack.Packed = to;
                WorkerTeam.For(pack.Chunks, ref pack);
                for (var i = 0; i < source.Length; i++)
                {
                    var (image, channel, pixel) = (i / 20 / channels, i / 20 % channels, i % 20);
                    var unit = 0;
                    while (image >= pack.ImagesOf(unit).First + pack.ImagesOf(unit).Count)
                    {
                        unit++;
                    }

                    var at = pack.Unit(unit) + pack.Offset(channel / 8, pixel)
                        + ((image - pack.ImagesOf(unit).First) * 8) + (channel % 8);
                    Assert.Equal(i, *at);
                }

                for (var unit = 0; unit < units; unit++)
                {
                    for (var n = pack.ImagesOf(unit).Count; n < imagesPerUnit; n++)
                    {
                        Assert.Equal(0, pack.Unit(unit)[pack.Offset(1, 19) + (n * 8)]);
                    }
                }
            }
        }
    }
}
