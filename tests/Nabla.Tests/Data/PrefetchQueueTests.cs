using Nabla.Data;

namespace Nabla.Tests.Data;

public class PrefetchQueueTests
{
    [Fact]
    public void Items_come_in_order_however_long_each_takes()
    {
        using var queue = new PrefetchQueue<string>(0, 40, 3, 2, i =>
        {
            Thread.Sleep(i % 3);
            return $"{i}";
        });
        var taken = new List<string>();
        while (queue.TryTake(out var item))
        {
            taken.Add(item);
        }
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i}"), taken);
    }

    [Fact]
    public void Disposing_ends_the_threads_while_the_queue_is_full()
    {
        var made = 0;
        var queue = new PrefetchQueue<string>(0, int.MaxValue, 2, 1, i =>
        {
            Interlocked.Increment(ref made);
            return "";
        });
        Assert.True(queue.TryTake(out _));
        queue.Dispose();
        var before = Volatile.Read(ref made);
        Thread.Sleep(20);
        Assert.Equal(before, Volatile.Read(ref made));
    }

    [Fact]
    public void An_exception_comes_at_its_items_turn()
    {
        using var queue = new PrefetchQueue<string>(
            0, 3, 2, 3, i => i == 1 ? throw new IOException("one") : "");
        Assert.True(queue.TryTake(out _));
        Assert.Equal("one", Assert.Throws<IOException>(() => queue.TryTake(out _)).Message);
        Assert.True(queue.TryTake(out _));
        Assert.False(queue.TryTake(out _));
    }
}
