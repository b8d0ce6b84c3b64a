using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvBatchPlanesTests
{
    [Theory]
    [InlineData(9, 16, 1, 9)]
    [InlineData(29, 12, 3, 10)]
    public void EveryPixelHoldsItsImagesAndZerosForThoseThatLack(
        int images, int maxImages, int units, int perUnit)
    {
        const int channels = 11;
        const int pixels = 20;
        var source = Enumerable.Range(1, images * channels * pixels)
            .Select(i => (float)i).ToArray();
        fixed (float* from = source)
        {
            var pack = ConvBatchPlanes<ConvVector128>.Of(
                ConvPixels.All(pixels), images, maxImages, channels, from);
            Assert.Equal((units, perUnit), (pack.Units, pack.ImagesPerUnit));
            var packed = new float[pack.Size];
            packed.AsSpan().Fill(float.NaN);
            fixed (float* to = packed)
            {
                pack.Packed = to;
                WorkerTeam.For(pack.Chunks, ref pack);
                for (var i = 0; i < units * channels * pixels * perUnit; i++)
                {
                    var (pixel, image) = (i / perUnit % pixels, i % perUnit);
                    var (unit, channel) = (i / perUnit / pixels / channels,
                        i / perUnit / pixels % channels);
                    var (first, end) = (images * unit / units, images * (unit + 1) / units);
                    var at = ((((first + image) * channels) + channel) * pixels) + pixel;
                    Assert.Equal(
                        first + image < end ? source[at] : 0,
                        pack.Channel(unit, channel)[(pixel * perUnit) + image]);
                }
            }
        }
    }

    [Fact]
    public void ChannelsDoNotShareASetOfTheCache()
    {
        var pack = ConvBatchPlanes<ConvVector128>.Of(ConvPixels.All(64), 16, 16, 3, null);
        Assert.Equal((64 * 16) + 16, pack.ChannelStep);
    }
}
