using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A key with the place it came from. Entries order by key, then by place: no two are equal, so
/// every algorithm that sorts them is stable and gives the same result.
/// </summary>
internal interface ISortEntry<TSelf> where TSelf : unmanaged, ISortEntry<TSelf>
{
    /// <summary>Where the element lay along its axis.</summary>
    int Index { get; }

    /// <summary>Makes an entry.</summary>
    static abstract TSelf Create(ulong key, int index);

    /// <summary>
    /// Byte number <paramref name="place"/> of the key, from the least significant.
    /// </summary>
    static abstract int Digit(TSelf entry, int place);

    /// <summary>True when a comes before b.</summary>
    static abstract bool Less(TSelf a, TSelf b);
}

/// <summary>An entry in one register, for keys of 32 bits or fewer.</summary>
internal readonly struct PackedSortEntry : ISortEntry<PackedSortEntry>
{
    private readonly ulong _bits;

    private PackedSortEntry(ulong bits) => _bits = bits;

    /// <inheritdoc/>
    public int Index => (int)(uint)_bits;

    /// <inheritdoc/>
    public static PackedSortEntry Create(ulong key, int index) => new((key << 32) | (uint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Digit(PackedSortEntry entry, int place) =>
        (byte)(entry._bits >> (32 + (8 * place)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Less(PackedSortEntry a, PackedSortEntry b) => a._bits < b._bits;
}

/// <summary>An entry for keys of 64 bits.</summary>
internal readonly struct WideSortEntry : ISortEntry<WideSortEntry>
{
    private readonly ulong _key;
    private readonly int _index;

    private WideSortEntry(ulong key, int index)
    {
        _key = key;
        _index = index;
    }

    /// <inheritdoc/>
    public int Index => _index;

    /// <inheritdoc/>
    public static WideSortEntry Create(ulong key, int index) => new(key, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Digit(WideSortEntry entry, int place) => (byte)(entry._key >> (8 * place));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Less(WideSortEntry a, WideSortEntry b) =>
        a._key < b._key || (a._key == b._key && a._index < b._index);
}
