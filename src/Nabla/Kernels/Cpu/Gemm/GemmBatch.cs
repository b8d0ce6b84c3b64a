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

    public static void Run(in BatchLayout layout, nint strideC, in GemmProblem<T> first)
    {
        if (IsOneTallProduct(layout, strideC, first))
        {
            var tall = first;
            tall.M *= (int)layout.Count;
            GemmLevel.Run(tall);
            return;
        }

        var work = (long)first.M * first.N * Math.Max(1, first.K);
        var body = new Body
        {
            First = first,
            Layout = layout,
            StrideC = strideC,
        };
        if (work >= LargeProduct && layout.Count < ManyProducts)
        {
            body.Items(0, layout.Count);
            return;
        }

        var perChunk = Math.Max(1, MinChunkWork / Math.Max(1, work));
        body.Chunks = (int)Math.Min(
            (layout.Count + perChunk - 1) / perChunk, 4 * ManyProducts);
        WorkerTeam.For(body.Chunks, ref body);
    }

    /// <summary>One B for all, and the rows of the A's and of the C's follow each other.</summary>
    private static bool IsOneTallProduct(
        in BatchLayout layout, nint strideC, in GemmProblem<T> p) =>
        layout.IsLine
        && layout.Count > 1
        && layout.StrideB == 0
        && layout.StrideA == p.M * p.ARow
        && strideC == p.M * p.Ldc
        && p.Epilogue.RowBias == null
        && p.M * layout.Count <= int.MaxValue;

    private struct Body : IChunkBody
    {
        public GemmProblem<T> First;
        public BatchLayout Layout;
        public nint StrideC;
        public int Chunks;

        public readonly void Run(int chunk) => Items(
            chunk * Layout.Count / Chunks, (chunk + 1) * Layout.Count / Chunks);

        public readonly void Items(long begin, long end)
        {
            for (var item = begin; item < end; item++)
            {
                var problem = First;
                var (a, b) = Layout.Offsets(item);
                problem.A += a;
                problem.B += b;
                problem.C += item * StrideC;
                problem.Epilogue.Residual = Of(item, First.Epilogue.Residual);
                problem.Epilogue.Mask = Of(item, First.Epilogue.Mask);
                GemmLevel.Run(problem);
            }
        }

        /// <summary>A product's part of what lies as the C's do.</summary>
        private readonly void* Of(long item, void* first) =>
            first == null ? null : (T*)first + (item * StrideC);
    }
}
