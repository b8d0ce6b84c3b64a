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
    [InlineData(70, 100, 8, false)]
    [InlineData(70, 100, 8, true)]
    [InlineData(512, 768, 60, true)]
    [InlineData(3, 5, 64, true)]
    public void PartsHaveEachStripOnceAndInTheirOrder(
        int rows, int columns, int height, bool down)
    {
        const int Parts = 7;
        var from = (float*)0x1000000;
        var whole = new GemmStrips<float>(from, rows, columns, 1000, height, 32, down);
        var count = whole.Count;
        for (var i = 0; i < Parts; i++)
        {
            var part = new GemmStrips<float>(from, rows, columns, 1000, height, 32, down)
                .Part(i, Parts);
            Assert.Equal(1000, part.Step);
            Assert.InRange(part.Count, count / Parts, (count / Parts) + 1);
            while (part.Count > 0)
            {
                Assert.Equal((nint)whole.Take(), (nint)part.Take());
            }
        }

        Assert.Equal(0, whole.Count);
    }

    [Fact]
    public void StripsFollowEachOtherAcrossOrDown()
    {
        var from = (float*)0x1000000;
        var across = new GemmStrips<float>(from, 20, 64, 100, 10, 32);
        var down = new GemmStrips<float>(from, 20, 64, 100, 10, 32, down: true);
        nint[] places = [0, 32, 1000, 1032];
        Assert.Equal(places, Enumerable.Range(0, 4).Select(_ => (nint)(across.Take() - from)));
        Assert.Equal(
            [0, 1000, 32, 1032], Enumerable.Range(0, 4).Select(_ => (nint)(down.Take() - from)));
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
        new GemmStream<float>(default, default, 7).Ask(&args);
        Assert.True(args.Next == null);
        Assert.Equal(0, args.NextStep);
    }
}
