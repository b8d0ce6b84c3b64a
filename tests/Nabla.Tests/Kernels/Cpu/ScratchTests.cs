using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ScratchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(4097)]
    [InlineData(1 << 20)]
    public void MemoryStartsOnACacheLineAndHoldsWhatWasAsked(int bytes)
    {
        using var lease = Scratch.Rent(bytes);
        Assert.Equal(0, (nint)lease.Pointer % 64);
        new Span<byte>(lease.Pointer, bytes).Fill(7);
        Assert.Equal(-1, new Span<byte>(lease.Pointer, bytes).IndexOfAnyExcept((byte)7));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(4096)]
    [InlineData(70_000)]
    public void WritingPastALeaseIsCaughtWhenItGoesBack(int bytes)
    {
        Assert.True(Scratch.IsGuarded);
        var e = Assert.Throws<InvalidOperationException>(() =>
        {
            using var lease = Scratch.Rent(bytes);
            ((byte*)lease.Pointer)[bytes] = 1;
        });
        Assert.Contains($"rented {bytes} bytes and wrote past their end", e.Message);

        // The buffer is in order again.
        using var next = Scratch.Rent(bytes);
        new Span<byte>(next.Pointer, bytes).Fill(1);
    }

    [Fact]
    public void NestedLeasesDoNotOverlap()
    {
        using var outer = Scratch.Rent<float>(1000);
        new Span<float>(outer.Pointer, 1000).Fill(1f);
        for (var i = 0; i < 3; i++)
        {
            using var a = Scratch.Rent<float>(5000);
            using var b = Scratch.Rent<float>(100);
            new Span<float>(a.Pointer, 5000).Fill(2f);
            new Span<float>(b.Pointer, 100).Fill(3f);
            Assert.Equal(-1, new Span<float>(a.Pointer, 5000).IndexOfAnyExcept(2f));
        }

        Assert.Equal(-1, new Span<float>(outer.Pointer, 1000).IndexOfAnyExcept(1f));
    }

    [Fact]
    public void AWarmRentGivesTheSameMemoryAndAllocatesNothing()
    {
        nint first;
        using (var lease = Scratch.Rent(10_000))
        {
            first = (nint)lease.Pointer;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            using var lease = Scratch.Rent(10_000 - i);
            Assert.True((nint)lease.Pointer == first);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ManyNestedLeasesWork()
    {
        Assert.Equal(21, Sum(20));

        static int Sum(int depth)
        {
            using var lease = Scratch.Rent(100);
            *(int*)lease.Pointer = depth;
            var below = depth == 0 ? 0 : Sum(depth - 1);
            return *(int*)lease.Pointer == depth ? below + 1 : -1000;
        }
    }

    [Fact]
    public void DisposingOutOfOrderIsRefused()
    {
        var outer = Scratch.Rent(10);
        var inner = Scratch.Rent(10);
        var refused = "";
        try
        {
            outer.Dispose();
        }
        catch (InvalidOperationException e)
        {
            refused = e.Message;
        }

        inner.Dispose();
        outer.Dispose();
        Assert.Equal(
            "Scratch leases must be disposed once each, the last one rented first.", refused);
    }

    [Fact]
    public void NegativeSizesAreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => { using var _ = Scratch.Rent(-1); });
}
