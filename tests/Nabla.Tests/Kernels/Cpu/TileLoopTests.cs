using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class TileLoopTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(5000)]
    [InlineData(100_000)]
    public void A_body_sees_many_operands_and_writes_several(int n)
    {
        long[] shape = [n];
        var a = new Buffer(DType.Int64, shape, [1], i => i);
        var b = new Buffer(DType.Float32, shape, [0], _ => 3);
        var sum = new Buffer(DType.Float64, shape, [1], _ => 0);
        var isOdd = new Buffer(DType.Bool, shape, [2], _ => 0);
        var loop = new TileLoop(shape);
        loop.AddInput(a.Operand, DType.Float32);
        loop.AddInput(b.Operand, DType.Float32);
        loop.AddOutput(sum.Operand, DType.Float32);
        loop.AddOutput(isOdd.Operand, DType.Float32);
        var body = new SumAndOdd();
        loop.Run(ref body);
        for (var i = 0; i < n; i++)
        {
            Assert.Equal(i + 3, sum[i]);
            Assert.Equal(i % 2, isOdd[i]);
        }
    }

    [Fact]
    public void Tiles_that_need_no_buffer_are_used_in_place_and_may_be_long()
    {
        long[] shape = [100, 300];
        var x = new Buffer(DType.Float32, shape, [300, 1], i => i);
        var loop = new TileLoop(shape);
        loop.AddInput(x.Operand, DType.Float32);
        loop.AddOutput(x.Operand, DType.Float32);
        var body = new Longest { Start = (float*)x.Operand.Data };
        loop.Run(ref body);
        Assert.True(body.IsInPlace);
        Assert.True(body.Count > TileLoop.TileLength);
    }

    [Fact]
    public void Nothing_runs_for_an_empty_shape()
    {
        var loop = new TileLoop([3, 0]);
        loop.AddOutput(new(null, DType.Float32, [1, 1]), DType.Float32);
        var body = new Longest();
        loop.Run(ref body);
        Assert.Equal(0, body.Count);
    }

    [Fact]
    public void Nine_dimensions_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => { _ = new TileLoop(new long[9]); });
        Assert.Contains("at most 8 dimensions but got 9", error.Message);
    }

    private struct SumAndOdd : ITileBody
    {
        public readonly void Run(void** tiles, nint count)
        {
            for (nint i = 0; i < count; i++)
            {
                var a = ((float*)tiles[0])[i];
                ((float*)tiles[2])[i] = a + ((float*)tiles[1])[i];
                ((float*)tiles[3])[i] = a % 2;
            }
        }
    }

    private struct Longest : ITileBody
    {
        public float* Start;
        public nint Count;
        public bool IsInPlace;

        public void Run(void** tiles, nint count)
        {
            Count = Math.Max(Count, count);
            IsInPlace = tiles[0] == tiles[1] && tiles[0] >= Start;
        }
    }
}
