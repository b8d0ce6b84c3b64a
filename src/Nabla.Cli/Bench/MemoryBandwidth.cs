using System.Diagnostics;
using System.Numerics.Tensors;
using Nabla.Kernels.Cpu;

namespace Nabla.Cli.Bench;

/// <summary>How fast all threads together read memory that is in no cache.</summary>
internal static class MemoryBandwidth
{
    private const int Chunk = 1 << 18;
    private const int Chunks = 256;
    private const int Rounds = 5;

    /// <summary>GB/s, the best of some passes over 256 MiB; takes about 0.2 s.</summary>
    public static double Measure()
    {
        var body = new Reading { Data = new float[Chunk * Chunks], Sums = new float[Chunks] };
        body.Data.AsSpan().Fill(1);
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            WorkerTeam.For(Chunks, ref body);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return sizeof(float) * (double)body.Data.Length / best * 1e-9;
    }

    private struct Reading : IChunkBody
    {
        public float[] Data;
        public float[] Sums;

        public readonly void Run(int chunk) =>
            Sums[chunk] = TensorPrimitives.Sum<float>(Data.AsSpan(chunk * Chunk, Chunk));
    }
}
