using System.Runtime.CompilerServices;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class BlockTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(80)]
    [InlineData(100_001)]
    public unsafe void Memory_is_aligned_to_64_bytes_and_large_enough(long bytes)
    {
        var block = new Block(bytes);
        Assert.Equal(bytes, block.Bytes);
        Assert.Equal(0, (nint)block.Pointer % 64);
        var span = block.Span<byte>(0, (int)bytes);
        span.Fill(7);
        Assert.Equal(7, ((byte*)block.Pointer)[bytes - 1]);
        GC.KeepAlive(block);
    }

    [Fact]
    public unsafe void Memory_does_not_move()
    {
        var block = new Block(1000);
        var pointer = (nint)block.Pointer;
        var span = block.Span<byte>(0, 1);
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        span[0] = 5;
        Assert.Equal(5, *(byte*)pointer);
        GC.KeepAlive(block);
    }

    [Fact]
    public void A_span_keeps_the_memory_when_the_block_is_gone()
    {
        var span = SpanOfADeadBlock(out var block);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(block.IsAlive);
        Assert.Equal(42, span[99]);
        span.Fill(1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<int> SpanOfADeadBlock(out WeakReference reference)
    {
        var block = new Block(400);
        reference = new WeakReference(block);
        var span = block.Span<int>(0, 100);
        span.Fill(42);
        return span;
    }

    [Fact]
    public unsafe void Several_blocks_are_aligned_and_apart()
    {
        var blocks = Block.Several(80, 5);
        for (var i = 0; i < blocks.Length; i++)
        {
            Assert.Equal(0, (nint)blocks[i].Pointer % 64);
            Assert.Equal(80, blocks[i].Bytes);
            blocks[i].Span<byte>(0, 80).Fill((byte)i);
        }
        for (var i = 0; i < blocks.Length; i++)
        {
            Assert.All(blocks[i].Span<byte>(0, 80).ToArray(), value => Assert.Equal(i, value));
            Assert.Equal(i, *(byte*)blocks[i].Pointer);
        }
    }
}
