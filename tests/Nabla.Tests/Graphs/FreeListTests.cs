using Nabla.Graphs;

namespace Nabla.Tests.Graphs;

public class FreeListTests
{
    [Fact]
    public void What_was_put_back_is_taken_once()
    {
        var list = new FreeList<object>();
        Assert.Null(list.TryTake());
        var item = new object();
        list.Put(item);
        Assert.Same(item, list.TryTake());
        Assert.Null(list.TryTake());
    }

    [Fact]
    public void More_than_the_slots_hold_come_back_as_well()
    {
        var list = new FreeList<object>();
        var items = Enumerable.Range(0, 50).Select(_ => new object()).ToArray();
        Array.ForEach(items, list.Put);
        var taken = items.Select(_ => list.TryTake()).ToHashSet();
        Assert.Equal(items.ToHashSet(), taken!);
        Assert.Null(list.TryTake());
    }

    [Fact]
    public void Threads_never_hold_the_same_object()
    {
        var list = new FreeList<int[]>();
        for (var i = 0; i < 3; i++)
        {
            list.Put(new int[1]);
        }
        Parallel.For(0, 8, _ =>
        {
            for (var run = 0; run < 10_000; run++)
            {
                var mine = list.TryTake() ?? new int[1];
                Assert.Equal(1, Interlocked.Increment(ref mine[0]));
                Interlocked.Decrement(ref mine[0]);
                list.Put(mine);
            }
        });
    }

    [Fact]
    public void Taking_and_putting_back_allocates_nothing()
    {
        var list = new FreeList<object>();
        list.Put(new object());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            list.Put(list.TryTake()!);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
