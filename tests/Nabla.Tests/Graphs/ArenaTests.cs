using Nabla.Graphs;

namespace Nabla.Tests.Graphs;

public class ArenaTests
{
    [Fact]
    public void It_has_as_much_memory_as_was_asked_for_at_most()
    {
        var arena = new Arena();
        Assert.Equal(0, arena.Bytes);
        arena.Reserve(1000);
        var memory = arena.Memory;
        arena.Reserve(10);
        Assert.Same(memory, arena.Memory);
        arena.Reserve(5000);
        Assert.NotSame(memory, arena.Memory);
        Assert.Equal(5000, arena.Bytes);
    }

    [Fact]
    public void It_is_empty_after_it_could_not_grow()
    {
        var arena = new Arena();
        arena.Reserve(1000);
        Assert.Throws<OutOfMemoryException>(() => arena.Reserve(long.MaxValue));
        Assert.Equal(0, arena.Bytes);
        arena.Reserve(10);
        Assert.Equal(10, arena.Bytes);
    }

    [Fact]
    public void Memory_that_was_too_small_is_recycled()
    {
        var arena = new Arena();
        arena.Reserve(1000);
        var memory = arena.Memory!;
        arena.Reserve(5000);
        unsafe
        {
            Assert.Contains("larger plan",
                Assert.Throws<InvalidOperationException>(() => (nint)memory.Pointer).Message);
        }
    }
}
