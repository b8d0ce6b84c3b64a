using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class SortEntryTests
{
    [Fact]
    public void PackedEntriesOrderByKeyThenByPlace() => Ordered<PackedSortEntry>(uint.MaxValue);

    [Fact]
    public void WideEntriesOrderByKeyThenByPlace() => Ordered<WideSortEntry>(ulong.MaxValue);

    [Fact]
    public void DigitsAreTheKeysBytes()
    {
        Assert.Equal(0x12, PackedSortEntry.Digit(PackedSortEntry.Create(0x12345678, 9), 3));
        Assert.Equal(0x78, PackedSortEntry.Digit(PackedSortEntry.Create(0x12345678, 9), 0));
        Assert.Equal(0x12, WideSortEntry.Digit(WideSortEntry.Create(0x12UL << 56, 9), 7));
    }

    private static void Ordered<TEntry>(ulong largestKey)
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        TEntry[] entries = [
            TEntry.Create(0, 5), TEntry.Create(0, int.MaxValue), TEntry.Create(1, 0),
            TEntry.Create(largestKey, 0), TEntry.Create(largestKey, 3)];
        Assert.Equal([5, int.MaxValue, 0, 0, 3], entries.Select(entry => entry.Index));
        for (var i = 1; i < entries.Length; i++)
        {
            Assert.True(TEntry.Less(entries[i - 1], entries[i]));
            Assert.False(TEntry.Less(entries[i], entries[i - 1]));
        }
    }
}
