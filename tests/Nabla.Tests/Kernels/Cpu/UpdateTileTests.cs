using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class UpdateTileTests
{
    [Fact]
    public void RowsOfTheParameterAndOfItsGradientAreWalkedByTheirOwnDistances()
    {
        var gradient = new byte[100];
        fixed (byte* g = gradient)
        {
            var tile = new UpdateTile
            {
                At = 8,
                Row = 40,
                Gradient = g,
                GradientRow = 12,
                Rows = 3,
                Columns = 3,
            };
            var places = new List<(nint, nint)>();
            do
            {
                places.Add((tile.At, (nint)(tile.Gradient - g)));
            }
            while (tile.Next());
            Assert.Equal([(8, 0), (48, 12), (88, 24)], places);
        }
    }

    /// <summary>Asking is a hint: nothing is read, even where nothing lies.</summary>
    [Fact]
    public void AskingBeyondTheArrayIsHarmless()
    {
        var tile = new UpdateTile { At = 1 << 20, Columns = 40, Ahead = 1 << 30, Rows = 1 };
        tile.Ask<F32x4>(null);
        tile.Ask<F64x1>(null);
        Assert.False(tile.Next());
    }
}
