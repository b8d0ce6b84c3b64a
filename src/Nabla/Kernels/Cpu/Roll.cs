using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Shifts along an axis; what leaves at one end enters at the other (torch.roll): y[o, (a + shift)
/// mod axis, i] = x[o, a, i]. Layout: (outer, axis, inner), contiguous, elements of any size; y
/// must not be x.
/// </summary>
internal static unsafe class Roll
{
    /// <summary>Writes the shifted copy; a negative shift goes towards the axis's start.</summary>
    public static void Run(
        void* x, void* y, long outer, long axis, long inner, long shift, int elementSize)
    {
        if (axis == 0)
        {
            return;
        }

        var chunks = RowChunks.Of(outer, axis * inner);
        var head = (((shift % axis) + axis) % axis) * inner * elementSize;
        var body = new Body((byte*)x, (byte*)y, axis * inner * elementSize, head, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    private readonly struct Body(byte* x, byte* y, long row, long head, RowChunks chunks)
        : IChunkBody
    {
        public void Run(int chunk)
        {
            for (var r = chunks.Start(chunk); r < chunks.End(chunk); r++)
            {
                var from = x + (r * row);
                var to = y + (r * row);
                NativeMemory.Copy(from, to + head, (nuint)(row - head));
                NativeMemory.Copy(from + row - head, to, (nuint)head);
            }
        }
    }
}
