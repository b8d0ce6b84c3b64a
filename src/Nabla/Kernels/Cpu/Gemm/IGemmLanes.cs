namespace Nabla.Kernels.Cpu;

/// <summary>
/// The register operations of the matrix product on one SIMD level: <typeparamref name="V"/> is the
/// register, <typeparamref name="T"/> the number in its lanes.
/// </summary>
internal unsafe interface IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    /// <summary>Lanes of a register.</summary>
    static abstract int Width { get; }

    /// <summary>
    /// Rows of the largest tile: two accumulators a row, two registers of B and one of A must fit
    /// into the register file.
    /// </summary>
    static abstract int MaxRows { get; }

    static abstract V Load(T* source);

    /// <summary>The first <paramref name="count"/> lanes from memory, the others 0.</summary>
    static abstract V LoadPart(T* source, int count);

    static abstract void Store(T* destination, V value);

    /// <summary>Writes the first <paramref name="count"/> lanes and nothing else.</summary>
    static abstract void StorePart(T* destination, V value, int count);

    static abstract V Broadcast(T value);

    static abstract V Add(V a, V b);

    /// <summary>a·b + c.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>max(x, floor) that lets a NaN in x through.</summary>
    static abstract V Floor(V x, V floor);

    /// <summary>x where <paramref name="sign"/> is above 0, else 0.</summary>
    static abstract V WherePositive(V x, V sign);

    /// <summary>The sum of all lanes, always in the same order.</summary>
    static abstract T Sum(V x);

    /// <summary>Writes the sums of the lanes of four registers.</summary>
    static abstract void Sums(T* to, V a, V b, V c, V d);
}
