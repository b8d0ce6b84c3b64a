using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvTileRowTests
{
    [Fact]
    public void A_row_loads_adds_and_stores_as_many_sums_as_it_has()
    {
        var memory = new float[16];
        Array.Fill(memory, 1);
        fixed (float* at = memory)
        {
            ConvTileRow<ConvVector128, N3> row = default;
            row.Load(at);
            var two = ConvVector128.Broadcast(2);
            row.Add(two, two, two, two, two);
            row.Store(at);
            Assert.Equal([.. Enumerable.Repeat(5f, 12), 1, 1, 1, 1], memory);
            row.Start(7);
            row.Store(at);
            Assert.Equal([.. Enumerable.Repeat(7f, 12), 1, 1, 1, 1], memory);
        }
    }
}
