using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Nabla.Data;

/// <summary>Makes items 0, 1, 2, … on threads of its own and hands them out in order; at most a
/// given number waits.</summary>
internal sealed class PrefetchQueue<T> : IDisposable
    where T : class
{
    private readonly Channel<Task<T>> _ready;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _claim = new();
    private readonly Thread[] _workers;
    private readonly Func<int, T> _make;
    private readonly int _end;
    private int _next;

    public PrefetchQueue(int first, int end, int workers, int capacity, Func<int, T> make)
    {
        (_next, _end, _make) = (first, end, make);
        _ready = Channel.CreateBounded<Task<T>>(
            new BoundedChannelOptions(capacity) { SingleReader = true });
        _workers = new Thread[Math.Max(1, Math.Min(workers, end - first))];
        for (var i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new Thread(Work) { IsBackground = true, Name = $"Nabla loader {i}" };
            _workers[i].Start();
        }
    }

    /// <summary>Waits for the next item; false when all were taken. What its making threw is
    /// thrown here.</summary>
    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        item = null;
        while (_ready.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            if (_ready.Reader.TryRead(out var task))
            {
                item = task.GetAwaiter().GetResult();
                return true;
            }
        }
        return false;
    }

    /// <summary>Ends the threads, after the items they are making.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (var worker in _workers)
        {
            worker.Join();
        }
        _stop.Dispose();
    }

    private void Work()
    {
        while (Claim(out var index, out var promise))
        {
            try
            {
                promise.SetResult(_make(index));
            }
            catch (Exception e)
            {
                promise.SetException(e);
            }
        }
    }

    /// <summary>Takes the next number and its place in the queue; waits while the queue is full.
    /// </summary>
    private bool Claim(out int index, [NotNullWhen(true)] out TaskCompletionSource<T>? promise)
    {
        lock (_claim)
        {
            index = _next;
            promise = null;
            if (_stop.IsCancellationRequested || index >= _end)
            {
                _ready.Writer.TryComplete();
                return false;
            }
            var place = new TaskCompletionSource<T>(
                TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                _ready.Writer.WriteAsync(place.Task, _stop.Token).AsTask()
                    .GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                return false;
            }
            _next++;
            promise = place;
            return true;
        }
    }
}
