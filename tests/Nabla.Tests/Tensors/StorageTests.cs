using System.Runtime.CompilerServices;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

[Collection(nameof(MemoryCollection))]
public class StorageTests
{
    [Fact]
    public void A_handle_on_recycled_memory_throws_and_names_who_did_it()
    {
        var x = Tensor.From(1f, 2f);
        var view = x.Reshape(2, 1);
        x.Storage.Release("a captured step");
        foreach (var stale in new[] { x, view })
        {
            var error = Assert.Throws<InvalidOperationException>(() => stale.ToArray<float>());
            Assert.Contains("recycled by a captured step", error.Message);
            Assert.Contains("Clone()", error.Message);
            Assert.Throws<InvalidOperationException>(() => stale + 1);
            Assert.Throws<InvalidOperationException>(() => stale.AsSpan<float>());
        }
        Assert.False(x.IsSymbolic);
    }

    [Fact]
    public void Memory_under_a_span_is_never_recycled()
    {
        var x = Tensor.From(1f, 2f);
        var span = x.AsSpan<float>();
        x.Storage.Release("a captured step");
        var others = Enumerable.Range(0, 100).Select(_ => Tensor.From(9f, 9f)).ToArray();
        Assert.Equal([1f, 2f], span.ToArray());
        Assert.Equal([1f, 2f], x.ToArray<float>());
        GC.KeepAlive(others);
    }

    [Fact]
    public void A_span_outlives_its_tensor()
    {
        var span = SpanOfADeadTensor();
        for (var i = 0; i < 200; i++)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
            Fill(12_345, -1);
        }
        foreach (var number in span)
        {
            Assert.Equal(42f, number);
        }
    }

    [Fact]
    public void Released_memory_is_used_again_at_once()
    {
        var x = Tensor.Empty([11_111_111]);
        var block = Address(x);
        x.Storage.Release("a test");
        var y = Tensor.Empty([11_111_111]);
        Assert.Equal(block, Address(y));
        GC.KeepAlive(y);
    }

    [Fact]
    public void A_symbolic_storage_has_no_memory()
    {
        var storage = Storage.Symbolic(8, CpuDevice.Instance);
        Assert.True(storage.IsSymbolic);
        Assert.Throws<GraphBreakException>(() => storage.Expose<float>(0, 2));
    }

    [Fact]
    public void Discarded_memory_says_what_it_was_told_to()
    {
        var storage = Storage.Discarded(Tensor.From(1f, 2f).Storage, "gone, for good");
        Assert.Equal((8, true, false), (storage.Bytes, storage.IsDiscarded, storage.IsSymbolic));
        Assert.Equal("gone, for good", Assert.Throws<InvalidOperationException>(
            storage.ThrowIfDiscarded).Message);
        Assert.Equal("gone, for good", Assert.Throws<InvalidOperationException>(
            () => storage.Expose<float>(0, 2)).Message);
        Storage.Symbolic(8, CpuDevice.Instance).ThrowIfDiscarded();
    }

    [Fact]
    public void Storages_are_numbered_in_the_order_of_creation()
    {
        var next = Storage.NextId;
        Assert.True(Tensor.From(1f).Storage.Id >= next);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<float> SpanOfADeadTensor()
    {
        var x = Tensor.Empty([12_345]);
        var span = x.AsSpan<float>();
        span.Fill(42);
        return span;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fill(long count, double value)
    {
        var x = Tensor.Empty([count]);
        x.Device.Fill(value, x);
    }

    private static unsafe nint Address(Tensor x) => (nint)x.Pointer;

    [Fact]
    public void What_was_handed_over_is_recycled_when_the_last_hold_ends()
    {
        var x = Tensor.From(1f, 2f);
        x.Storage.Hold();
        x.Storage.Hold();
        x.Storage.HandOver();
        x.Storage.LetGo();
        Assert.Equal([1f, 2f], x.ToArray<float>());
        x.Storage.LetGo();
        var error = Assert.Throws<InvalidOperationException>(() => x.ToArray<float>());
        Assert.Contains("one layer of a Sequential gave the next", error.Message);
    }

    [Fact]
    public void What_nobody_holds_is_recycled_when_it_is_handed_over()
    {
        var x = Tensor.From(1f, 2f);
        x.Storage.HandOver();
        Assert.Throws<InvalidOperationException>(() => x.ToArray<float>());
    }

    [Fact]
    public void What_was_taken_back_or_never_handed_over_stays()
    {
        var (x, y) = (Tensor.From(1f, 2f), Tensor.From(3f));
        x.Storage.Hold();
        x.Storage.HandOver();
        x.Storage.TakeBack();
        x.Storage.LetGo();
        y.Storage.Hold();
        y.Storage.LetGo();
        Assert.Equal([1f, 2f], x.ToArray<float>());
        Assert.Equal([3f], y.ToArray<float>());
    }
}
