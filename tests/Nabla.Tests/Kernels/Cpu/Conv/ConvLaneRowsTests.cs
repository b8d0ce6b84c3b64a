using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvLaneRowsTests
{
    [Fact]
    public void TapsThatSeeOnlyPaddingAreNotRead()
    {
        var plan = ConvPlan.Forward(new(4, 1, 3, 3, 1, 3, 3, 1, 1, 1, 1, 1, 1, 1));
        // What lies above the first row is NaN, and no tap of the last row reads it.
        var planes = new float[(25 + ConvTiles.MaxOverrun + 1) * ConvVector128.Count];
        planes.AsSpan(5 * 4, 20 * 4).Fill(1);
        planes.AsSpan(0, 5 * 4).Fill(float.NaN);
        var weights = new float[9];
        weights.AsSpan().Fill(1);
        var memory = new byte[ConvLaneLayer<ConvVector128>.Room(in plan)];
        var target = new float[(9 + ConvTiles.MaxOverrun) * 4];
        fixed (float* p = planes, w = weights, to = target)
        fixed (byte* m = memory)
        {
            var layer = new ConvLaneLayer<ConvVector128>(in plan, w, null, m);
            layer.Run(0, 1, 0, 3, p, to, 0);
        }

        // The three columns are one tile, which reads all columns but only useful rows.
        Assert.Equal(
            [6f, 6, 6, 9, 9, 9, 6, 6, 6], Enumerable.Range(0, 9).Select(i => target[4 * i]));
    }
}
