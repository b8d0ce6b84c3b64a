using System.Runtime.CompilerServices;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

[Collection(nameof(MemoryCollection))]
public class MemoryPoolTests
{
    [Fact]
    public void A_request_is_rounded_up_by_a_quarter_at_most()
    {
        for (var bytes = 1L; bytes < 1L << 36; bytes = (bytes * 5 / 4) + 1)
        {
            foreach (var request in new[] { bytes, bytes + 1, long.RotateLeft(1, 20) + bytes })
            {
                var size = MemoryPool.RoundUp(request);
                Assert.True(size >= request, $"{request} → {size}");
                Assert.True(size <= Math.Max(64, request * 5 / 4), $"{request} → {size}");
            }
        }
        Assert.Equal(64, MemoryPool.RoundUp(64));
        Assert.Equal(80, MemoryPool.RoundUp(65));
        Assert.Equal(1 << 20, MemoryPool.RoundUp(1 << 20));
    }

    [Fact]
    public void A_returned_block_is_given_out_again()
    {
        // A size that no other test uses, so that no other thread takes the block.
        const long Odd = 77_777_777;
        var block = MemoryPool.Rent(Odd);
        Assert.Equal(MemoryPool.RoundUp(Odd), block.Bytes);
        MemoryPool.Return(block);
        var again = MemoryPool.Rent(Odd);
        Assert.Same(block, again);
        var other = MemoryPool.Rent(Odd);
        Assert.NotSame(again, other);
        MemoryPool.Return(again);
        MemoryPool.Return(other);
    }

    [Fact]
    public void A_block_up_to_twice_as_large_will_do()
    {
        const long Odd = 33_333_333;
        var taken = new List<Block> { MemoryPool.Rent(Odd) };
        while (taken[^1].Bytes != MemoryPool.RoundUp(Odd))
        {
            // Larger ones were free.
            taken.Add(MemoryPool.Rent(Odd));
        }
        var block = taken[^1];
        MemoryPool.Return(block);
        taken.RemoveAt(taken.Count - 1);
        var reserved = MemoryPool.Reserved;
        while (!taken.Contains(block))
        {
            // Blocks that fit better may be free: they go first.
            taken.Add(MemoryPool.Rent(Odd * 6 / 10));
            Assert.Equal(reserved, MemoryPool.Reserved);
        }
        taken.ForEach(MemoryPool.Return);
    }

    [Fact]
    public void Trimming_keeps_nothing_that_is_free()
    {
        Touch(MemoryPool.LeastBudget);
        MemoryPool.Trim();
        Assert.InRange(MemoryPool.Reserved - MemoryPool.Outstanding, 0, 1 << 20);
        var block = MemoryPool.Rent(MemoryPool.LeastBudget);
        Assert.True(MemoryPool.Reserved >= MemoryPool.Outstanding);
        MemoryPool.Return(block);
    }

    [Fact]
    public void Dead_tensors_give_their_memory_back_without_disposal()
    {
        // Twenty times the largest budget, in pieces that are dropped at once.
        var piece = MemoryPool.MostBudget / 16;
        var before = MemoryPool.Reserved;
        for (var i = 0; i < 16 * 20; i++)
        {
            Touch(piece);
        }
        var grown = MemoryPool.Reserved - before;
        Assert.True(grown < 3 * MemoryPool.MostBudget, $"the pool grew by {grown >> 20} MiB");
    }

    [Fact]
    public void The_budget_follows_what_stays_alive()
    {
        const long Piece = MemoryPool.LeastBudget / 4;
        Churn(Piece, 64);
        Assert.InRange(MemoryPool.Budget, MemoryPool.LeastBudget, MemoryPool.MostBudget);
        var kept = new List<Tensor>();
        for (var i = 0; i < MemoryPool.MostBudget / Piece; i++)
        {
            kept.Add(Tensor.Empty([Piece], DType.UInt8));
        }
        Churn(Piece, 64);
        Assert.Equal(MemoryPool.MostBudget, MemoryPool.Budget);
        GC.KeepAlive(kept);
    }

    [Fact]
    public void A_tensor_that_no_memory_could_hold_is_refused()
    {
        var error = Assert.Throws<OutOfMemoryException>(
            () => Tensor.Empty([1L << 20, 1L << 20], DType.Float64));
        Assert.Contains("8192 GiB", error.Message);
    }

    private static void Churn(long piece, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Touch(piece);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void Touch(long bytes)
    {
        var x = Tensor.Empty([bytes], DType.UInt8);
        *(byte*)x.Pointer = 1;
        GC.KeepAlive(x);
    }

    [Fact]
    public void Many_small_tensors_are_collected_long_before_they_fill_the_budget()
    {
        var before = GC.CollectionCount(1);
        for (var i = 0; i < 3 * MemoryPool.MostRents; i++)
        {
            Touch(4);
        }
        Assert.InRange(GC.CollectionCount(1) - before, 2, 20);
        Assert.True(3 * MemoryPool.MostRents * 64 < MemoryPool.LeastBudget / 8);
    }

    [Fact]
    public void Tensors_that_outlive_two_collections_do_not_pile_up()
    {
        // Each piece lives for several collections, and dies in the oldest generation.
        const int Pieces = 256, Alive = 24;
        var piece = MemoryPool.LeastBudget / 8;
        var before = MemoryPool.Reserved;
        var window = new Queue<Tensor>();
        for (var i = 0; i < Pieces; i++)
        {
            window.Enqueue(Tensor.Empty([piece], DType.UInt8));
            if (window.Count > Alive)
            {
                window.Dequeue();
            }
        }
        var grown = MemoryPool.Reserved - before;
        GC.KeepAlive(window);
        Assert.True(grown < 3 * Alive * piece, $"the pool grew by {grown >> 20} MiB");
    }
}
