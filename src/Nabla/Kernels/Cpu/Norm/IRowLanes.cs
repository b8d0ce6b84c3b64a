namespace Nabla.Kernels.Cpu;

/// <summary>
/// The same columns of one or more neighbouring rows, one bundle of lanes a row: a kernel written
/// once over them gives each row the same bits in any company. What is found for a whole row is
/// found for several at once, so that its latency is waited for once.
/// </summary>
internal unsafe interface IRowLanes<TRows, V>
    where TRows : struct, IRowLanes<TRows, V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>How many rows.</summary>
    static abstract int Count { get; }

    /// <summary>The first n lanes of rows that are <paramref name="stride"/> bytes apart; the rest
    /// are 0.</summary>
    static abstract TRows Load(byte* at, nint stride, nint n);

    /// <summary>Asks for a cache line of each row; the memory need not exist.</summary>
    static abstract void Prefetch(byte* at, nint stride);

    /// <summary>Writes the first n lanes of each row.</summary>
    static abstract void Store(TRows rows, byte* at, nint stride, nint n);

    /// <summary>The same lanes in every row.</summary>
    static abstract TRows Same(V value);

    /// <summary>All lanes of a row set to its own number.</summary>
    static abstract TRows Const(double* values);

    /// <summary>The sum of each row's lanes.</summary>
    static abstract void Sum(TRows rows, double* sums);

    /// <summary>sum + the rows, lane by lane.</summary>
    static abstract V Add(TRows rows, V sum);

    /// <summary>sum + the rows of a·b, lane by lane.</summary>
    static abstract V AddProducts(TRows a, TRows b, V sum);

    /// <summary>The first n lanes of each row, others' behind them.</summary>
    static abstract TRows First(TRows rows, nint n, TRows others);

    static abstract TRows operator +(TRows a, TRows b);

    static abstract TRows operator -(TRows a, TRows b);

    static abstract TRows operator *(TRows a, TRows b);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TRows Fma(TRows a, TRows b, TRows c);
}
