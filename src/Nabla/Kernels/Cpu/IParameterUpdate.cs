namespace Nabla.Kernels.Cpu;

/// <summary>An optimizer's arithmetic, in one pass over a parameter and what is kept of it.
/// </summary>
internal unsafe interface IParameterUpdate<TProblem> where TProblem : unmanaged
{
    /// <summary>Numbers of a chunk: some microseconds of work.</summary>
    static abstract int PerChunk { get; }

    /// <summary>Numbers of the parameter.</summary>
    static abstract nint Count(TProblem* p);

    /// <summary>Updates <paramref name="n"/> numbers from byte <paramref name="at"/> on.</summary>
    static abstract void Step<V>(TProblem* p, nint at, nint n) where V : unmanaged, ILanes<V>;
}
