using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class BufferPoolTests
{
    [Fact]
    public void A_returned_buffer_serves_the_next_of_its_size()
    {
        var pool = new BufferPool();
        var a = pool.Rent(new Shape(8), DType.Float32);
        pool.Return(a);
        var b = pool.Rent(new Shape(2, 4), DType.Float32);
        Assert.Same(a.Storage, b.Storage);
        Assert.Equal(new Shape(2, 4), b.Shape);
        Assert.Equal(32, pool.Bytes);
    }

    [Fact]
    public void Buffers_in_use_are_never_handed_out_twice()
    {
        var pool = new BufferPool();
        var storages = Enumerable.Range(0, 5)
            .Select(_ => pool.Rent(new Shape(8), DType.Float32).Storage);
        Assert.Equal(5, storages.Distinct().Count());
        Assert.Equal(5 * 32, pool.Bytes);
    }

    [Fact]
    public void The_smallest_free_buffer_that_fits_is_taken()
    {
        var pool = new BufferPool();
        var large = pool.Rent(new Shape(30), DType.Float32);
        var small = pool.Rent(new Shape(12), DType.Float32);
        pool.Return(large);
        pool.Return(small);
        Assert.Same(small.Storage, pool.Rent(new Shape(10), DType.Float32).Storage);
        Assert.Same(large.Storage, pool.Rent(new Shape(10), DType.Float32).Storage);
    }

    [Fact]
    public void Of_buffers_of_a_size_the_one_returned_last_is_taken()
    {
        var pool = new BufferPool();
        Tensor[] rented = [.. Enumerable.Range(0, 3)
            .Select(_ => pool.Rent(new Shape(8), DType.Float32))];
        Array.ForEach([rented[1], rented[2], rented[0]], pool.Return);
        Assert.Same(rented[0].Storage, pool.Rent(new Shape(8), DType.Float32).Storage);
        Assert.Same(rented[2].Storage, pool.Rent(new Shape(8), DType.Float32).Storage);
    }

    [Fact]
    public void A_buffer_much_too_large_stays_for_others()
    {
        var pool = new BufferPool();
        var large = pool.Rent(new Shape(100), DType.Float32);
        pool.Return(large);
        Assert.NotSame(large.Storage, pool.Rent(new Shape(2), DType.Float32).Storage);
    }

    [Fact]
    public void Returning_twice_is_returning_once()
    {
        var pool = new BufferPool();
        var a = pool.Rent(new Shape(8), DType.Float32);
        pool.Return(a);
        pool.Return(a.Alias());
        Assert.NotSame(pool.Rent(new Shape(8), DType.Float32).Storage,
            pool.Rent(new Shape(8), DType.Float32).Storage);
    }

    [Fact]
    public void A_buffer_passed_on_is_held_by_the_new_value_only()
    {
        var pool = new BufferPool();
        var graph = Traces.Of(x => x[0].Exp().Exp(), Tensor.From(1f));
        var (first, second) = (graph.Nodes[0].Outputs[0], graph.Nodes[1].Outputs[0]);
        var a = pool.Rent(new Shape(1), DType.Float32);
        Assert.True(pool.IsHeldBy(a, first));
        pool.Pass(a, to: second);
        Assert.False(pool.IsHeldBy(a, first));
        Assert.True(pool.IsHeldBy(a, second));
        Assert.False(pool.Owns(Tensor.From(1f)));
        Assert.False(pool.IsHeldBy(Tensor.From(1f), first));
    }
}
