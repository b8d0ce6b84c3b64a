using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvPartialsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(4, 8192)]
    [InlineData(5, 20_003)]
    public void BlocksAreAddedInOrder(int blocks, int count)
    {
        var random = new Random(1);
        var partials = new float[blocks * count];
        foreach (ref var number in partials.AsSpan())
        {
            number = random.NextSingle() - 0.5f;
        }

        var target = new float[count];
        fixed (float* from = partials, to = target)
        {
            ConvPartials.Add(from, blocks, count, to);
        }

        for (var i = 0; i < count; i++)
        {
            var expected = partials[i];
            for (var block = 1; block < blocks; block++)
            {
                expected += partials[(block * count) + i];
            }

            Assert.Equal(expected, target[i]);
        }
    }
}
