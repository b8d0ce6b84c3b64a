using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradSourceTests
{
    [Fact]
    public void EveryTileLiesAtItsPlaceOfEveryPoint()
    {
        // Of a constant image the input's map keeps what the image's inside shows: with no
        // padding every tile is the same.
        const int n = 2, c = 5, h = 10, w = 14;
        var images = new float[n * c * h * w];
        for (var i = 0; i < images.Length; i++)
        {
            images[i] = 1 + (i / (h * w));
        }

        var tiles = new WinogradTiles(n, h - 2, w - 2, 4);
        var pitch = WinogradSource.Pitch(c);
        var point = WinogradSource.Point((nint)tiles.Count * pitch);
        var target = new float[WinogradPoints.Products * point];
        var patch =
            new float[WinogradSource.PatchSize<WinogradInputLine<WinogradForm4>>(
                in tiles, ConvVector128.Count)];
        fixed (float* x = images, p = patch, to = target)
        {
            var source = new WinogradSource
            {
                Images = x,
                End = x + images.Length,
                Channels = c,
                Height = h,
                Width = w,
                PadH = 0,
                PadW = 0,
            };
            for (var unit = 0; unit < tiles.Units; unit++)
            {
                source.Transform<ConvVector128, WinogradInputLine<WinogradForm4>>(
                    in tiles, unit, unit + 1, p, to + (tiles.TileOf(unit) * pitch), point);
            }
        }

        var perImage = tiles.Count / n;
        for (var i = 0; i < WinogradPoints.Products; i++)
        {
            var one = target[i * point];
            for (var t = 0; t < tiles.Count; t++)
            {
                for (var channel = 0; channel < c; channel++)
                {
                    var value = (t / perImage * c) + channel + 1;
                    Assert.Equal(
                        one * value, target[(i * point) + (t * pitch) + channel],
                        1e-5 * value * (1 + Math.Abs(one)));
                }
            }
        }
        Assert.NotEqual(0, target[point + 1]);
    }

    [Fact]
    public void PitchesKeepRowsOffTheSameCacheSets()
    {
        Assert.Equal(80, WinogradSource.Pitch(64));
        Assert.Equal(32, WinogradSource.Pitch(3));
        Assert.Equal(80, WinogradSource.Point(64));
        Assert.Equal(80, WinogradSource.Point(80));
    }
}
