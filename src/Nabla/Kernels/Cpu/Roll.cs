using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Shifts along an axis; what leaves at one end enters at the other (torch.roll): y[o, (a + shift)
/// mod axis, i] = x[o, a, i]. Layout: (outer, axis, inner), contiguous, elements of any size; y
/// must not be x.
/// </summary>
internal static unsafe class Roll
{
    // Bytes of y: long enough for the platform to write them without reading what was there.
    private const long ChunkBytes = 1 << 18;

    /// <summary>Writes the shifted copy; a negative shift goes towards the axis's start.</summary>
    public static void Run(
        void* x, void* y, long outer, long axis, long inner, long shift, int elementSize)
    {
        var row = axis * inner * elementSize;
        var total = outer * row;
        if (total == 0)
        {
            return;
        }

        var head = (((shift % axis) + axis) % axis) * inner * elementSize;
        var body = new Body((byte*)x, (byte*)y, row, head, total);
        WorkerTeam.For((int)((total + ChunkBytes - 1) / ChunkBytes), ref body);
    }

    private readonly struct Body(byte* x, byte* y, long row, long head, long total) : IChunkBody
    {
        public void Run(int chunk)
        {
            var at = chunk * ChunkBytes;
            var end = Math.Min(at + ChunkBytes, total);
            var start = at / row * row;
            while (at < end)
            {
                // A row's first bytes come from its end, the others from its start.
                var place = at - start;
                var (from, length) = place < head
                    ? (row - head + place, head - place)
                    : (place - head, row - place);
                length = Math.Min(length, end - at);
                NativeMemory.Copy(x + start + from, y + at, (nuint)length);
                at += length;
                start = at == start + row ? at : start;
            }
        }
    }
}
