namespace Nabla.Kernels.Cpu;

/// <summary>
/// A small C with a long inner dimension, such as a weight's gradient over a large batch: each part
/// of k makes a C of its own, and these are added in order.
/// </summary>
internal static unsafe class GemmSplitK<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    private const int MinPart = 1024;
    private const int MaxParts = 16;
    private const int MaxC = 64 * 1024;

    /// <summary>C fits into L2 beside its operands' blocks, and k dwarfs it.</summary>
    public static bool Suits(in GemmProblem<T> p) =>
        (long)p.M * p.N <= MaxC && p.K >= 2 * MinPart && p.K >= 4L * Math.Max(p.M, p.N);

    public static void Run(in GemmProblem<T> p)
    {
        var parts = Math.Min(MaxParts, p.K / MinPart);
        nint ldc = (p.N + S.Width - 1) / S.Width * S.Width;
        using var lease = Scratch.Rent<T>(parts * p.M * ldc);
        var body = new PartBody
        {
            Problem = p,
            Parts = parts,
            Partial = (T*)lease.Pointer,
            Ldc = ldc,
        };
        WorkerTeam.For(parts, ref body);

        var sum = new SumBody
        {
            Problem = p,
            Parts = parts,
            Partial = (T*)lease.Pointer,
            Ldc = ldc,
        };
        WorkerTeam.For((p.M + SumBody.Rows - 1) / SumBody.Rows, ref sum);
    }

    private struct PartBody : IChunkBody
    {
        public GemmProblem<T> Problem;
        public int Parts;
        public T* Partial;
        public nint Ldc;

        public readonly void Run(int chunk)
        {
            var begin = (int)((long)chunk * Problem.K / Parts);
            var end = (int)((long)(chunk + 1) * Problem.K / Parts);
            var part = Problem;
            part.A += begin * part.ACol;
            part.B += begin * part.BRow;
            part.K = end - begin;
            part.C = Partial + (chunk * part.M * Ldc);
            part.Ldc = Ldc;
            part.Epilogue = default;
            GemmBlocked<S, V, T>.Run(part);
        }
    }

    private struct SumBody : IChunkBody
    {
        public const int Rows = 16;
        public GemmProblem<T> Problem;
        public int Parts;
        public T* Partial;
        public nint Ldc;

        public readonly void Run(int chunk)
        {
            var first = chunk * Rows;
            var rows = Math.Min(Rows, Problem.M - first);
            var total = Partial + (first * Ldc);
            for (var part = 1; part < Parts; part++)
            {
                var more = total + (part * Problem.M * Ldc);
                for (nint i = 0; i < rows * Ldc; i += S.Width)
                {
                    S.Store(total + i, S.Add(S.Load(total + i), S.Load(more + i)));
                }
            }

            var args = GemmTileArgs<T>.Whole(Problem);
            args.C += first * args.Ldc;
            args.RowBias = args.RowBias == null ? null : args.RowBias + first;
            GemmFinish.Run<S, V, T>(rows, Problem.N, total, Ldc, &args);
        }
    }
}
