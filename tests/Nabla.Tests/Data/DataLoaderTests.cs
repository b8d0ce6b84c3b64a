using Nabla.Data;
using Nabla.Tensors;

namespace Nabla.Tests.Data;

public class DataLoaderTests
{
    [Fact]
    public void Batches_follow_the_data_and_the_last_is_short()
    {
        var loader = new DataLoader(Numbers(7), batchSize: 3);
        Assert.Equal(3, loader.Count);
        Assert.Equal([[0, 1, 2], [3, 4, 5], [6]], Values(loader));
        Assert.Equal([0, 1, 2], loader.Select(b => b.Index));
    }

    [Fact]
    public void The_last_batch_is_left_out_on_request()
    {
        var loader = new DataLoader(Numbers(7), batchSize: 3, dropLast: true);
        Assert.Equal(2, loader.Count);
        Assert.Equal(6, loader.SampleCount);
        Assert.Equal([[0, 1, 2], [3, 4, 5]], Values(loader));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 8)]
    public void Workers_change_nothing_but_time(int workers, int prefetch)
    {
        var alone = new DataLoader(Numbers(100), 7, shuffle: true, seed: 5);
        var shared = new DataLoader(
            Numbers(100), 7, shuffle: true, seed: 5, workers: workers, prefetch: prefetch);
        Assert.Equal(Values(alone.Epoch(3)), Values(shared.Epoch(3)));
    }

    [Fact]
    public void Each_epoch_has_an_order_of_its_own_that_the_seed_decides()
    {
        var a = new DataLoader(Numbers(50), 50, shuffle: true, seed: 1);
        var first = Values(a)[0];
        var second = Values(a)[0];
        Assert.NotEqual(first, second);
        Assert.Equal(Enumerable.Range(0, 50), first.Order());
        Assert.Equal(second, Values(new DataLoader(Numbers(50), 50, true, seed: 1).Epoch(1))[0]);
        Assert.NotEqual(first, Values(new DataLoader(Numbers(50), 50, true, seed: 2))[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_epoch_goes_on_at_any_batch(int workers)
    {
        var loader = new DataLoader(Numbers(20), 3, shuffle: true, workers: workers);
        Assert.Equal(Values(loader.Epoch(4))[2..], Values(loader.Epoch(4, firstBatch: 2)));
        Assert.Empty(loader.Epoch(4, firstBatch: loader.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_exception_tells_the_number_of_its_sample(int workers)
    {
        var loader = new DataLoader(new Failing(30, 17), 4, workers: workers);
        var seen = 0;
        var error = Assert.Throws<SampleException>(() =>
        {
            foreach (var batch in loader)
            {
                seen++;
            }
        });
        Assert.Equal(4, seen);
        Assert.Equal(17, error.Index);
        Assert.Equal("reading sample 17 failed: torn page", error.Message);
    }

    [Fact]
    public void Workers_prepare_while_the_consumer_works()
    {
        var data = new Gated(8);
        var loader = new DataLoader(data, 1, workers: 1, prefetch: 3);
        using var batches = loader.GetEnumerator();
        Assert.True(batches.MoveNext());
        // The consumer holds batch 0 and asks for nothing: three more must come all the same.
        Assert.True(SpinWait.SpinUntil(() => data.Reads >= 4, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Workers_do_not_run_further_ahead_than_allowed()
    {
        var data = new Gated(100);
        using (var batches = new DataLoader(data, 1, workers: 1, prefetch: 2).GetEnumerator())
        {
            Assert.True(batches.MoveNext());
            Thread.Sleep(50);
        }
        Assert.InRange(data.Reads, 1, 5);
    }

    [Fact]
    public void A_sampler_decides_the_order()
    {
        var loader = new DataLoader(Numbers(4), 2, sampler: new Backwards());
        Assert.Equal([[3, 2], [1, 0]], Values(loader));
    }

    [Fact]
    public void Nonsense_is_refused_with_the_number()
    {
        var data = Numbers(4);
        Assert.Contains(
            "1 sample or more, but got -3", Message(() => _ = new DataLoader(data, -3)));
        Assert.Contains("but got 0", Message(() => _ = new DataLoader(data, 0)));
        Assert.Contains("but got -1", Message(() => _ = new DataLoader(data, workers: -1)));
        Assert.Contains("but got 0", Message(() => _ = new DataLoader(data, prefetch: 0)));
        Assert.Contains("but got 9", Message(() => _ = new DataLoader(data).Epoch(0, 9)));
        Assert.Contains("leave shuffle out", Message(
            () => _ = new DataLoader(data, shuffle: true, sampler: new Backwards())));
    }

    [Fact]
    public void No_samples_are_no_batches()
    {
        var loader = new DataLoader(Numbers(0), 4, shuffle: true, workers: 2);
        Assert.Equal(0, loader.Count);
        Assert.Empty(loader);
    }

    private static TensorDataset Numbers(int count) =>
        new(Tensor.From(Enumerable.Range(0, count).ToArray(), new Shape(count)));

    private static int[][] Values(IEnumerable<Batch> batches) =>
        [.. batches.Select(b => b.Input.ToArray<int>())];

    private static string Message(Action action) =>
        Assert.ThrowsAny<ArgumentException>(action).Message;

    private sealed class Backwards : Sampler
    {
        public override int Count => 4;

        public override int[] Order(int epoch) => [3, 2, 1, 0];
    }

    private sealed class Failing(int count, int bad) : Dataset
    {
        public override int Count => count;

        public override Tensor[] this[int index] => index == bad
            ? throw new IOException("torn page")
            : [Tensor.Scalar(index)];
    }

    private sealed class Gated(int count) : Dataset
    {
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        public override int Count => count;

        public override Tensor[] this[int index]
        {
            get
            {
                Interlocked.Increment(ref _reads);
                return [Tensor.Scalar(index)];
            }
        }
    }
}
