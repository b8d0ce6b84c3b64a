using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class WinogradTilesTests
{
    [Theory]
    [InlineData(3, 56, 56, 28)]
    [InlineData(5, 7, 7, 28)]
    [InlineData(2, 1, 1, 28)]
    [InlineData(2, 9, 300, 28)]
    [InlineData(1, 14, 13, 1)]
    [InlineData(4, 30, 18, 14)]
    public void RunsCoverEveryTileOnceInOrder(int images, int height, int width, int wanted)
    {
        var tiles = new WinogradTiles(images, height, width, wanted);
        var seen = new HashSet<(int, int, int)>();
        for (var chunk = 0; chunk < tiles.Chunks; chunk++)
        {
            var unit = chunk * tiles.UnitsPerChunk;
            var end = Math.Min(unit + tiles.UnitsPerChunk, tiles.Units);
            Assert.InRange(tiles.TileOf(end) - tiles.TileOf(unit), 1, tiles.ChunkTiles);
            while (unit < end)
            {
                var run = tiles.Run(unit, end);
                Assert.Equal(seen.Count, tiles.TileOf(unit));
                Assert.InRange(run.Image, 0, images - 1);
                Assert.InRange(
                    ((4 * run.Rows) + 2) * ((4 * run.Columns) + 2), 1, tiles.PatchPixels(2));
                for (var t = 0; t < run.Tiles; t++)
                {
                    var row = run.Row + (t / run.Columns);
                    var column = run.Column + (t % run.Columns);
                    Assert.True(row * 4 < height && column * 4 < width);
                    Assert.True(seen.Add((run.Image, row, column)));
                }
                unit += run.Rows;
            }
        }
        Assert.Equal(tiles.Count, seen.Count);
        Assert.Equal(images * ((height + 3) / 4) * ((width + 3) / 4), seen.Count);
    }

    [Theory]
    [InlineData(2, 14, 14, 14)]
    [InlineData(1, 28, 28, 14)]
    [InlineData(1, 9, 300, 28)]
    public void RunsOfManyChunksFitTheirPatch(int images, int height, int width, int wanted)
    {
        var tiles = new WinogradTiles(images, height, width, wanted);
        for (var unit = 0; unit < tiles.Units;)
        {
            var run = tiles.Run(unit, tiles.Units);
            Assert.InRange(16 * run.Tiles, 1, tiles.PatchPixels(0));
            unit += run.Rows;
        }
    }

    [Theory]
    [InlineData(2, 9, 0, 28)]
    [InlineData(2, 9, 0, 1)]
    [InlineData(2, 0, 9, 28)]
    [InlineData(2, 0, 0, 28)]
    [InlineData(0, 9, 9, 28)]
    public void NoOutputsAreNoTiles(int images, int height, int width, int wanted)
    {
        var tiles = new WinogradTiles(images, height, width, wanted);
        Assert.Equal((0, 0, 0), (tiles.Count, tiles.Units, tiles.Chunks));
    }

    [Fact]
    public void SmallerTilesAreMore()
    {
        var tiles = new WinogradTiles(2, 6, 7, 28, 3);
        Assert.Equal((3, 12), (tiles.Side, tiles.Count));
        Assert.Equal(((3 * 2) + 2) * ((3 * 3) + 2), tiles.PatchPixels(2));
    }

    [Fact]
    public void AChunkHasAboutTheWantedTiles()
    {
        Assert.Equal(28, new WinogradTiles(8, 56, 56, 28).ChunkTiles);
        Assert.Equal(28, new WinogradTiles(32, 7, 7, 28).ChunkTiles);
        Assert.InRange(new WinogradTiles(1, 8, 300, 28).ChunkTiles, 20, 28);
    }
}
