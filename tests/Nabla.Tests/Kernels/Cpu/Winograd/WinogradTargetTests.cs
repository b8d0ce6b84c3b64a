using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradTargetTests
{
    [Fact]
    public void ProductsAtPointZeroBecomeTheTilesFirstPixel()
    {
        // Aᵀ m A of a square that is 1 at the point (0, 0) alone is 1 at the first pixel alone.
        const int n = 2, c = 6, h = 7, w = 10;
        var tiles = new WinogradTiles(n, h, w, 3);
        var pitch = WinogradSource.Pitch(c);
        var point = WinogradSource.Point((nint)tiles.Count * pitch);
        var products = new float[WinogradPoints.Products * point];
        for (var t = 0; t < tiles.Count; t++)
        {
            for (var channel = 0; channel < c; channel++)
            {
                products[(t * pitch) + channel] = (10 * t) + channel + 1;
            }
        }

        var images = new float[n * c * h * w];
        var patch = new float[WinogradTarget.PatchSize(in tiles, ConvVector128.Count)];
        float[] biases = [.. Enumerable.Range(0, c).Select(i => i / 8f)];
        fixed (float* y = images, p = patch, from = products, bias = biases)
        {
            var target = new WinogradTarget
            {
                Images = y,
                Channels = c,
                Height = h,
                Width = w,
                Epilogue = new() { Bias = bias },
            };
            for (var unit = 0; unit < tiles.Units; unit++)
            {
                target.Transform<ConvVector128, WinogradForm4>(
                    in tiles, unit, unit + 1, 0, c, p, from + (tiles.TileOf(unit) * pitch), pitch,
                    point);
            }
        }

        for (var i = 0; i < images.Length; i++)
        {
            var (image, channel, row, column) = (i / w / h / c, i / w / h % c, i / w % h, i % w);
            var tile = (((image * 2) + (row / 4)) * 3) + (column / 4);
            var first = row % 4 == 0 && column % 4 == 0;
            Assert.Equal((first ? (10 * tile) + channel + 1 : 0) + biases[channel], images[i]);
        }
    }
}
