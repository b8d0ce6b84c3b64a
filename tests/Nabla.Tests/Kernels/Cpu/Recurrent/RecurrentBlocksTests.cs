using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

public unsafe class RecurrentBlocksTests
{
    [Theory]
    [InlineData(32, 256, 4)]
    [InlineData(24, 200, 3)]
    [InlineData(100, 33, 1)]
    [InlineData(1, 1, 4)]
    [InlineData(65, 1000, 1)]
    public void Chunks_cover_every_unit_of_every_sample_once(int samples, int units, int gates)
    {
        foreach (var blocks in new[]
        {
            RecurrentBlocks<float>.OfForward(samples, units, gates),
            RecurrentBlocks<float>.OfBackward(samples, units, gates),
        })
        {
            var seen = new int[samples, units];
            for (var chunk = 0; chunk < blocks.Chunks; chunk++)
            {
                var (block, endBlock, part, endPart) = blocks.Chunk(chunk);
                var (first, end) = (blocks.Sample(part), blocks.Sample(endPart));
                for (; block < endBlock; block++)
                {
                    for (var i = 0; i < blocks.UnitsOf(block) * (end - first); i++)
                    {
                        var (sample, unit) = Math.DivRem(i, blocks.UnitsOf(block));
                        seen[first + sample, (block * RecurrentBlocks<float>.PerBlock) + unit]++;
                    }
                }
            }
            Assert.All(seen.Cast<int>(), count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Large_layers_are_cut_for_many_threads_and_small_ones_are_not()
    {
        Assert.Equal(1, RecurrentBlocks<float>.OfForward(2, 20, 4).Chunks);
        Assert.InRange(RecurrentBlocks<float>.OfForward(32, 512, 4).Chunks, 8, 512);
        Assert.InRange(RecurrentBlocks<float>.OfForward(512, 64, 4).Chunks, 8, 512);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    public void A_weight_is_packed_gate_by_gate_and_unit_by_unit(int units)
    {
        const int Gates = 3;
        var weight = Enumerable.Range(1, Gates * units * units).Select(i => (float)i).ToArray();
        var forward = RecurrentBlocks<float>.OfForward(4, units, Gates);
        var backward = RecurrentBlocks<float>.OfBackward(4, units, Gates);
        var across = new float[forward.Packed];
        var along = new float[backward.Packed];
        fixed (float* w = weight, a = across, b = along)
        {
            for (var block = 0; block < forward.Blocks; block++)
            {
                new RecurrentPackForward<float> { Blocks = forward, Weight = w, Packed = a }
                    .Run(block);
                new RecurrentPackBackward<float> { Blocks = backward, Weight = w, Packed = b }
                    .Run(block);
            }
        }
        var panel = RecurrentBlocks<float>.PerBlock;
        for (var i = 0; i < weight.Length; i++)
        {
            var (row, input) = Math.DivRem(i, units);
            var (gate, unit) = Math.DivRem(row, units);
            var (block, column) = Math.DivRem(unit, panel);
            Assert.Equal(weight[i],
                across[(((((block * Gates) + gate) * units) + input) * panel) + column]);
            (block, column) = Math.DivRem(input, panel);
            Assert.Equal(weight[i], along[(((block * Gates * units) + row) * panel) + column]);
        }
    }
}
