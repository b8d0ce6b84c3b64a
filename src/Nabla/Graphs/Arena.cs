using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// Memory that plans of which one runs at a time lay their values in: as much as the largest of
/// them needs.
/// </summary>
internal sealed class Arena
{
    /// <summary>The memory; another storage once it had to grow.</summary>
    public Storage? Memory { get; private set; }

    /// <summary>Bytes of it.</summary>
    public long Bytes => Memory?.Bytes ?? 0;

    /// <summary>Makes it large enough. What lay in it before is lost.</summary>
    public void Reserve(long bytes)
    {
        if (bytes > Bytes)
        {
            Memory?.Release("a larger plan of the same step");
            // There may be no memory that large.
            Memory = null;
            Memory = Storage.Allocate(bytes, CpuDevice.Instance);
        }
    }
}
