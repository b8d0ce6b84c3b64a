using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>The product of integer matrices: plain loops, rows of C in parallel.</summary>
internal static unsafe class GemmInteger<T>
    where T : unmanaged, IBinaryInteger<T>
{
    private const long MinChunkWork = 1 << 16;

    public static void Run(in GemmProblem<T> problem)
    {
        if (problem.M == 0 || problem.N == 0)
        {
            return;
        }

        var rowWork = (long)problem.N * Math.Max(1, problem.K);
        var rows = (int)Math.Clamp(MinChunkWork / rowWork, 1, problem.M);
        var body = new Body { Problem = problem, Rows = rows };
        WorkerTeam.For((problem.M + rows - 1) / rows, ref body);
    }

    private struct Body : IChunkBody
    {
        public GemmProblem<T> Problem;
        public int Rows;

        public readonly void Run(int chunk)
        {
            var end = Math.Min((chunk + 1) * Rows, Problem.M);
            for (var i = chunk * Rows; i < end; i++)
            {
                Row(i);
            }
        }

        private readonly void Row(int i)
        {
            var c = Problem.C + (i * Problem.Ldc);
            if (!Problem.Epilogue.Accumulate)
            {
                new Span<T>(c, Problem.N).Clear();
            }

            for (nint k = 0; k < Problem.K; k++)
            {
                var a = Problem.A[(i * Problem.ARow) + (k * Problem.ACol)];
                var b = Problem.B + (k * Problem.BRow);
                for (nint j = 0; j < Problem.N; j++)
                {
                    c[j] += a * b[j * Problem.BCol];
                }
            }

            Finish(c, i);
        }

        private readonly void Finish(T* c, int i)
        {
            var rowBias = (T*)Problem.Epilogue.RowBias;
            var columnBias = (T*)Problem.Epilogue.ColumnBias;
            var relu = Problem.Epilogue.Activation == GemmActivation.Relu;
            for (nint j = 0; j < Problem.N; j++)
            {
                c[j] += rowBias == null ? T.Zero : rowBias[i];
                c[j] += columnBias == null ? T.Zero : columnBias[j];
                c[j] = relu ? T.Max(c[j], T.Zero) : c[j];
            }
        }
    }
}
