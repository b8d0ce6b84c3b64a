namespace Nabla.Graphs;

/// <summary>
/// Objects that nobody uses now, such as memory to replay a step in. Taking one and putting it
/// back costs an exchange; only where more are free than there are slots does it take a lock.
/// </summary>
internal sealed class FreeList<T> where T : class
{
    /// <summary>So many threads come and go without a lock.</summary>
    private const int Slots = 16;

    private readonly T?[] _slots = new T?[Slots];
    private readonly Stack<T> _others = new();
    private int _count;

    /// <summary>One that is free, the one put back last if no other thread comes; or null.
    /// </summary>
    public T? TryTake()
    {
        for (var i = 0; i < Slots; i++)
        {
            if (_slots[i] is not null && Interlocked.Exchange(ref _slots[i], null) is { } item)
            {
                return item;
            }
        }
        if (Volatile.Read(ref _count) == 0)
        {
            return null;
        }
        lock (_others)
        {
            if (!_others.TryPop(out var item))
            {
                return null;
            }
            _count = _others.Count;
            return item;
        }
    }

    /// <summary>Puts one back for the next who comes.</summary>
    public void Put(T item)
    {
        for (var i = 0; i < Slots; i++)
        {
            if (_slots[i] is null
                && Interlocked.CompareExchange(ref _slots[i], item, null) is null)
            {
                return;
            }
        }
        lock (_others)
        {
            _others.Push(item);
            _count = _others.Count;
        }
    }
}
