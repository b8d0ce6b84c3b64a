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
            stream.Ask(&args);
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

    [Theory]
    [InlineData(320, 592, 18)]
    [InlineData(7, 7, 3)]
    [InlineData(40, 9, 4)]
    public void TilesThatBeginLaterAskForWhatTheyWouldAskForInTheRow(
        int strips, int calls, int begin)
    {
        var from = (float*)0x1000000;
        var first = new GemmStrips<float>(from, 64 * (strips / 2), 32, 32, 64, 32);
        var second = new GemmStrips<float>(
            from + 0x100000, 64, 32 * (strips - (strips / 2)), 1 << 16, 64, 32);
        var all = new GemmStream<float>(first, second, calls);
        var some = new GemmStream<float>(first, second, calls, begin);
        var (expected, args) = (default(GemmTileArgs<float>), default(GemmTileArgs<float>));
        for (var call = 0; call < calls; call++)
        {
            all.Ask(&expected);
            if (call >= begin)
            {
                some.Ask(&args);
                Assert.Equal((nint)expected.Next, (nint)args.Next);
                Assert.Equal(expected.NextStep, args.NextStep);
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
            stream.Ask(&args);
            Assert.Equal(0, (nint)(args.Next - from) % 32);
            Assert.InRange(args.Next - from, 0, 319);
            Assert.Equal(320, args.NextStep);
        }
    }

    [Fact]
    public void NothingIsAskedForWhereNothingFollows()
    {
        var args = default(GemmTileArgs<float>);
        new GemmStream<float>(default, default, 7, 3).Ask(&args);
        Assert.True(args.Next == null);
        Assert.Equal(0, args.NextStep);
    }
}
