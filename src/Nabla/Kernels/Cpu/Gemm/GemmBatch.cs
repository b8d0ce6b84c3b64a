namespace Nabla.Kernels.Cpu;

/// <summary>Many products of the same shape.</summary>
internal static unsafe class GemmBatch<T>
    where T : unmanaged
{
    /// <summary>Multiply-adds that are worth a chunk of their own.</summary>
    private const long MinChunkWork = 1 << 18;

    /// <summary>Multiply-adds of a product that had better be shared by all threads.</summary>
    private const long LargeProduct = 1 << 23;

    private const int ManyProducts = 64;

    public static void Run(
        int batch, nint strideA, nint strideB, nint strideC, in GemmProblem<T> first)
    {
        if (IsOneTallProduct(batch, strideA, strideB, strideC, first))
        {
            var tall = first;
            tall.M *= batch;
            GemmLevel.Run(tall);
            return;
        }

        var work = (long)first.M * first.N * Math.Max(1, first.K);
        var body = new Body
        {
            First = first,
            StrideA = strideA,
            StrideB = strideB,
            StrideC = strideC,
            Batch = batch,
        };
        if (work >= LargeProduct && batch < ManyProducts)
        {
            body.Items(0, batch);
            return;
        }

        var perChunk = Math.Max(1, MinChunkWork / Math.Max(1, work));
        body.Chunks = (int)Math.Min((batch + perChunk - 1) / perChunk, 4 * ManyProducts);
        WorkerTeam.For(body.Chunks, ref body);
    }

    /// <summary>One B for all, and the rows of the A's and of the C's follow each other.</summary>
    private static bool IsOneTallProduct(
        int batch, nint strideA, nint strideB, nint strideC, in GemmProblem<T> p) =>
        batch > 1
        && strideB == 0
        && strideA == p.M * p.ARow
        && strideC == p.M * p.Ldc
        && p.Epilogue.RowBias == null
        && (long)p.M * batch <= int.MaxValue;

    private struct Body : IChunkBody
    {
        public GemmProblem<T> First;
        public nint StrideA;
        public nint StrideB;
        public nint StrideC;
        public int Batch;
        public int Chunks;

        public readonly void Run(int chunk) => Items(
            (int)((long)chunk * Batch / Chunks), (int)((long)(chunk + 1) * Batch / Chunks));

        public readonly void Items(int begin, int end)
        {
            for (var item = begin; item < end; item++)
            {
                var problem = First;
                problem.A += item * StrideA;
                problem.B += item * StrideB;
                problem.C += item * StrideC;
                GemmLevel.Run(problem);
            }
        }
    }
}
