namespace Nabla.Kernels.Cpu;

/// <summary>An optimizer's arithmetic, in one pass over a parameter and what is kept of it.
/// </summary>
internal unsafe interface IParameterUpdate<TProblem> where TProblem : unmanaged
{
    /// <summary>Numbers of a chunk: some microseconds of work.</summary>
    static abstract int PerChunk { get; }

    /// <summary>Numbers of the parameter.</summary>
    static abstract nint Count(TProblem* p);

    /// <summary>Where its gradient begins; unused where that is made tile by tile.</summary>
    static abstract byte* Gradient(TProblem* p);

    /// <summary>Bytes from where the parameter goes to something else that a step reads at the same
    /// place; or 0.</summary>
    static abstract nint Beside(TProblem* p);

    /// <summary>Updates a part of the parameter.</summary>
    static abstract void Step<V>(TProblem* p, UpdateTile* tile) where V : unmanaged, ILanes<V>;
}
