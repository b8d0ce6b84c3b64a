using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Copies matrices with one triangle zeroed. Layout: (batch, rows, columns), contiguous, elements
/// of any size; y may be x. Diagonal 0 is the main one, above it they count up.
/// </summary>
internal static unsafe class Triangle
{
    /// <summary>Keeps column c of row r where c ≤ r + diagonal (torch.tril).</summary>
    public static void Lower(
        void* x, void* y, long batch, long rows, long columns, long diagonal, int elementSize) =>
        Run(x, y, batch, rows, columns, diagonal + 1, elementSize, lower: true);

    /// <summary>Keeps column c of row r where c ≥ r + diagonal (torch.triu).</summary>
    public static void Upper(
        void* x, void* y, long batch, long rows, long columns, long diagonal, int elementSize) =>
        Run(x, y, batch, rows, columns, diagonal, elementSize, lower: false);

    private static void Run(
        void* x, void* y, long batch, long rows, long columns, long offset, int size, bool lower)
    {
        var chunks = RowChunks.Of(columns == 0 ? 0 : batch * rows, columns);
        var body = new Body((byte*)x, (byte*)y, rows, columns, offset, size, lower, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    private readonly struct Body(
        byte* x, byte* y, long rows, long columns, long offset, int size, bool lower,
        RowChunks chunks) : IChunkBody
    {
        public void Run(int chunk)
        {
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var cut = Math.Clamp((row % rows) + offset, 0, columns);
                var left = (nuint)(cut * size);
                var right = (nuint)((columns - cut) * size);
                var first = row * columns * size;
                var middle = first + (long)left;
                if (lower)
                {
                    NativeMemory.Copy(x + first, y + first, left);
                    NativeMemory.Clear(y + middle, right);
                }
                else
                {
                    NativeMemory.Clear(y + first, left);
                    NativeMemory.Copy(x + middle, y + middle, right);
                }
            }
        }
    }
}
