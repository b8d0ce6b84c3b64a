using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class SortRadixTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    public void EntriesComeOutInOrder(int n)
    {
        foreach (var keys in new ulong[] { 3, 300, 1UL << 32 })
        {
            Check<PackedSortEntry>(n, keys, sizeof(uint));
            Check<WideSortEntry>(n, keys << 31, sizeof(ulong));
        }
    }

    [Fact]
    public void InsertionSortsAnyOrder()
    {
        ulong[] keys = [5, 1, 4, 1, 9, 0];
        var entries = keys.Select(key => WideSortEntry.Create(key, (int)key)).ToArray();
        fixed (WideSortEntry* p = entries)
        {
            SortRadix.Insertion(p, entries.Length);
        }

        Assert.Equal([0, 1, 1, 4, 5, 9], entries.Select(entry => entry.Index));
    }

    private static void Check<TEntry>(int n, ulong keys, int keyBytes)
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        var random = new Random(n);
        var entries = new TEntry[n];
        var all = new (ulong Key, int Index)[n];
        for (var i = 0; i < n; i++)
        {
            all[i] = ((ulong)(random.NextDouble() * keys), i);
            entries[i] = TEntry.Create(all[i].Key, i);
        }

        Array.Sort(all);
        fixed (TEntry* p = entries, spare = new TEntry[n])
        {
            var sorted = SortRadix.Sort(p, spare, n, keyBytes);
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(all[i].Index, sorted[i].Index);
            }
        }
    }
}
