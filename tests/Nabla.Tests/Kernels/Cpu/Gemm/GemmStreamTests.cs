using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class GemmStreamTests
{
    [Theory]
    [InlineData(70, 100, 64, 64)]
    [InlineData(512, 24, 8, 400)]
    [InlineData(3, 5, 1, 8)]
    public void TheTilesAskForEveryRegisterOfBothMatricesOnce(
        int rows, int columns, int height, int calls)
    {
        const int Width = 32;
        const int StepA = 1000;
        const int StepB = 2000;
        var a = (float*)0x1000000;
        var b = (float*)0x4000000;
        var stream = new GemmStream<float>(
            new GemmStrips<float>(a, rows, columns, StepA, height, Width),
            new GemmStrips<float>(b, rows, 2 * columns, StepB, height, Width),
            calls);
        var asked = new Dictionary<nint, int>();
        for (var call = 0; call < calls; call++)
        {
            var args = default(GemmTileArgs<float>);
            stream.Ask(call, &args);
            for (var r = 0; r < height && args.Next != null; r++)
            {
                var at = (nint)(args.Next + (r * args.NextStep));
                asked[at] = asked.GetValueOrDefault(at) + 1;
            }
        }

        Assert.All(asked.Values, times => Assert.Equal(1, times));
        for (var r = 0; r < rows; r++)
        {
            for (var j = 0; j < 2 * columns; j += Width)
            {
                Assert.True(j >= columns || asked.ContainsKey((nint)(a + (r * StepA) + j)));
                Assert.True(asked.ContainsKey((nint)(b + (r * StepB) + j)));
            }
        }
    }

    [Fact]
    public void FewTilesAskForAsManyStripsAsTheyAre()
    {
        var from = (float*)0x1000000;
        var stream = new GemmStream<float>(
            new GemmStrips<float>(from, 64, 320, 320, 64, 32), default, 4);
        for (var call = 0; call < 4; call++)
        {
            var args = default(GemmTileArgs<float>);
            stream.Ask(call, &args);
            Assert.Equal(0, (nint)(args.Next - from) % 32);
            Assert.InRange(args.Next - from, 0, 319);
            Assert.Equal(320, args.NextStep);
        }
    }

    [Fact]
    public void NothingIsAskedForWhereNothingFollows()
    {
        var args = default(GemmTileArgs<float>);
        new GemmStream<float>(default, default, 7).Ask(3, &args);
        Assert.True(args.Next == null);
        Assert.Equal(0, args.NextStep);
    }
}
