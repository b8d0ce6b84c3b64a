namespace Nabla.Kernels.Cpu;

/// <summary>
/// Numbers that a reduction reads piece by piece: an array, or a chain of functions that computes
/// them on demand (a fused reduction). Several threads read at once.
/// </summary>
public unsafe interface ITileSource
{
    /// <summary>
    /// The elements start … start + count − 1 in row-major order of the reduction's shape, as
    /// contiguous numbers of its compute type.
    /// </summary>
    /// <param name="start">The first element's row-major index.</param>
    /// <param name="count">How many: at most <see cref="TileLoop.TileLength"/>.</param>
    /// <param name="scratch">Room for them, 64-byte aligned; need not be used.</param>
    /// <returns>Where they lie: in place, or the scratch.</returns>
    void* Fetch(long start, nint count, void* scratch);
}
