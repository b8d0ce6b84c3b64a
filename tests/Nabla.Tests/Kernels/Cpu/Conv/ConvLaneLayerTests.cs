using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvLaneLayerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ABandOfRowsOfSomeChannelsIsTheDefinition(bool hasBias)
    {
        Check<ConvVector128>(hasBias);
        Check<ConvVector256>(hasBias);
        Check<ConvVector512>(hasBias);
    }

    /// <summary>Rows 2 … 4 of channels 2 and 3, one image a lane.</summary>
    internal static void Check<V>(bool hasBias) where V : unmanaged, IConvVector<V>
    {
        if (!ConvVectors.IsSupported<V>())
        {
            return;
        }

        var sample = new Conv2dCase(new(V.Count, 3, 7, 9, 4, 3, 5, 1, 1, 1, 2, 1, 1, 1));
        var plan = ConvPlan.Forward(sample.Shape);
        var planes = new float[(plan.PlanesSize + ConvTiles.MaxOverrun + 1) * V.Count];
        var memory = new byte[ConvLaneLayer<V>.Room(in plan)];
        nint row = ((3 * 9) + ConvTiles.MaxOverrun) * V.Count;
        var target = new float[2 * row];
        fixed (float* x = sample.X, w = sample.W, b = sample.Bias, p = planes, to = target)
        fixed (byte* m = memory)
        {
            ConvLanes.Pack<V>(in plan, x, 3 * 7 * 9, V.Count, p);
            // The widest tile first: for 32 registers it has 4 channels.
            var layer = new ConvLaneLayer<V>(in plan, w, hasBias ? b : null, m);
            var rows = ConvTiles.Rows<V>(4);
            Assert.Equal(4, rows);
            var all = new float[4 * row];
            fixed (float* wide = all)
            {
                layer.Run(0, 4, 2, 3, p, wide, row);
            }

            all.AsSpan((int)(2 * row)).CopyTo(target);
        }

        var expected = sample.Reference(hasBias).Y;
        for (var i = 0; i < 2 * 27 * V.Count; i++)
        {
            var (channel, pixel, image) = (i / (27 * V.Count), i / V.Count % 27, i % V.Count);
            Assert.Equal(
                expected[(((image * 4) + channel + 2) * 63) + (2 * 9) + pixel],
                target[(channel * row) + (pixel * V.Count) + image], 1e-4);
        }
    }
}
