using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class WinogradOperandsTests
{
    [Fact]
    public void BlocksHoldTheTilesOfBothOperandsInOrder()
    {
        var shape = new Conv2dShape(3, 5, 9, 9, 18, 3, 3, 1, 1, 1, 1, 1, 1, 1);
        var sample = new Conv2dCase(shape);
        fixed (float* x = sample.X, gy = sample.Gy)
        {
            var all = Operands(x, gy, int.MaxValue / 2);
            var room = new float[all.Size];
            var parts = Operands(x, gy, 2);
            var part = new float[parts.Size];
            fixed (float* whole = room, few = part)
            {
                all.Room = whole;
                all.Map();
                Assert.Equal(27, all.Count);

                // The point (0, 0) of the gradient is the tile's first pixel.
                Assert.Equal(gy[81], all.Grads(0)[1]);
                Assert.Equal(gy[4], all.Grads(0)[all.GradPitch]);
                parts.Room = few;
                for (var tile = 0; parts.Unit < parts.Tiles.Units; parts.Unit += 2)
                {
                    parts.Map();
                    for (var t = 0; t < parts.Count; t++, tile++)
                    {
                        for (var point = 0; point < WinogradPoints.Products; point++)
                        {
                            for (var c = 0; c < 5; c++)
                            {
                                Assert.Equal(
                                    all.Inputs(point)[(tile * all.InputPitch) + c],
                                    parts.Inputs(point)[(t * parts.InputPitch) + c]);
                            }
                            Assert.Equal(
                                all.Grads(point)[(tile * all.GradPitch) + 17],
                                parts.Grads(point)[(t * parts.GradPitch) + 17]);
                        }
                    }
                }
            }
        }

        WinogradOperands<ConvVector128, WinogradForm4> Operands(
            float* x, float* gy, int units) => new()
            {
                Tiles = new WinogradTiles(shape.N, shape.OutH, shape.OutW, 4),
                Input = WinogradCases.Input(x, shape),
                Grad = WinogradCases.Grad(gy, shape, 0, 0),
                BlockUnits = units,
            };
    }
}
