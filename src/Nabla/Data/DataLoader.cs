using System.Collections;

namespace Nabla.Data;

/// <summary>
/// Walks a data set in batches. Order and contents depend on the seed and the epoch only, never on
/// the number of workers, and any batch of any epoch can be the first.
/// </summary>
public sealed class DataLoader : IEnumerable<Batch>
{
    private readonly int _batchSize;
    private readonly bool _dropLast;
    private readonly ulong _seed;
    private int _epoch;

    /// <summary>Makes a loader.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples in a batch, 1 or more.</param>
    /// <param name="shuffle">A new random order each epoch.</param>
    /// <param name="dropLast">Leave out a last batch that is not full.</param>
    /// <param name="workers">Threads that prepare batches ahead; 0 prepares when asked.</param>
    /// <param name="prefetch">Batches that wait prepared, at most, with workers.</param>
    /// <param name="seed">Of the random order, and of chance in the samples.</param>
    /// <param name="sampler">An order of its own, instead of <paramref name="shuffle"/>.</param>
    /// <exception cref="ArgumentException">A number is out of range, or both an order and
    /// shuffling are asked for.</exception>
    public DataLoader(Dataset data, int batchSize = 1, bool shuffle = false, bool dropLast = false,
        int workers = 0, int prefetch = 4, ulong seed = 0, Sampler? sampler = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Check(batchSize >= 1, nameof(batchSize), "a batch has 1 sample or more", batchSize);
        Check(workers >= 0, nameof(workers), "the number of workers is 0 or more", workers);
        Check(prefetch >= 1, nameof(prefetch), "1 batch or more is prepared ahead", prefetch);
        if (sampler is not null && shuffle)
        {
            throw new ArgumentException(
                "DataLoader: a sampler decides the order, so leave shuffle out");
        }
        Data = data;
        Sampler = sampler ?? (shuffle
            ? new RandomSampler(data.Count, seed)
            : new SequentialSampler(data.Count));
        Workers = workers;
        Prefetch = prefetch;
        _batchSize = batchSize;
        _dropLast = dropLast;
        _seed = seed;
    }

    /// <summary>The samples.</summary>
    public Dataset Data { get; }

    /// <summary>Their order.</summary>
    public Sampler Sampler { get; }

    /// <summary>Samples in a full batch.</summary>
    public int BatchSize => _batchSize;

    /// <summary>Threads that prepare batches ahead.</summary>
    public int Workers { get; }

    /// <summary>Batches that wait prepared, at most.</summary>
    public int Prefetch { get; }

    /// <summary>Batches in an epoch.</summary>
    public int Count => _dropLast
        ? Sampler.Count / _batchSize
        : (int)(((long)Sampler.Count + _batchSize - 1) / _batchSize);

    /// <summary>Samples in an epoch.</summary>
    public int SampleCount => _dropLast ? Count * _batchSize : Sampler.Count;

    /// <summary>The batches of an epoch, from a given one on.</summary>
    /// <param name="epoch">The epoch, from 0: what a random order depends on.</param>
    /// <param name="firstBatch">Batches to pass over, without reading their samples.</param>
    /// <exception cref="SampleException">Thrown by the enumeration when a sample can't be read,
    /// also when a worker read it.</exception>
    public IEnumerable<Batch> Epoch(int epoch, int firstBatch = 0)
    {
        Check(epoch >= 0, nameof(epoch), "epochs count from 0", epoch);
        Check(firstBatch >= 0 && firstBatch <= Count, nameof(firstBatch),
            $"an epoch has {Count} batches, counted from 0", firstBatch);
        return Workers == 0 ? Serial(epoch, firstBatch) : Parallel(epoch, firstBatch);
    }

    /// <summary>The next epoch's batches: each <c>foreach</c> is one epoch.</summary>
    public IEnumerator<Batch> GetEnumerator() => Epoch(_epoch++).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<Batch> Serial(int epoch, int firstBatch)
    {
        var order = Sampler.Order(epoch);
        for (var i = firstBatch; i < Count; i++)
        {
            yield return Make(order, epoch, i);
        }
    }

    private IEnumerable<Batch> Parallel(int epoch, int firstBatch)
    {
        var order = Sampler.Order(epoch);
        using var queue = new PrefetchQueue<Batch>(
            firstBatch, Count, Workers, Prefetch, i => Make(order, epoch, i));
        while (queue.TryTake(out var batch))
        {
            yield return batch;
        }
    }

    private Batch Make(int[] order, int epoch, int batch)
    {
        var start = batch * _batchSize;
        var indices = order.AsSpan(start, Math.Min(_batchSize, order.Length - start));
        return new Batch(batch, Data.Batch(indices, new SampleKey(_seed, epoch)));
    }

    private static void Check(bool holds, string name, string rule, int value)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, $"DataLoader: {rule}, but got {value}");
        }
    }
}
