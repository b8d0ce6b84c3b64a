namespace Nabla.Kernels.Cpu;

/// <summary>
/// What becomes of a product instead of a store, where it is the gradient of a parameter: an
/// optimizer's step of the numbers at its place, while the tile is at hand. The gradient then never
/// goes to memory. C is where the parameter goes, and nothing else follows.
/// </summary>
internal unsafe struct GemmUpdate
{
    /// <summary>The step, and its problem.</summary>
    public delegate*<void*, UpdateTile*, void> Run;
    public void* Problem;

    /// <summary>C's first number.</summary>
    public byte* Origin;

    /// <summary>Bytes from C to another array of the parameter's, to be asked for, too; or 0.
    /// </summary>
    public nint Beside;
}

/// <summary>The step behind a product that isn't there tile by tile.</summary>
internal static unsafe class GemmUpdate<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    /// <summary>Rows of a chunk.</summary>
    private const int ChunkRows = 16;

    /// <summary>Whether a product's tiles are whole when they end: one block of k.</summary>
    public static bool Suits(in GemmProblem<T> problem) =>
        problem.K <= GemmPlan.MaxBlockK && GemmRouter<S, V, T>.IsBlocked(problem);

    /// <summary>The product, then the step.</summary>
    public static void Apart(in GemmProblem<T> problem)
    {
        using var lease = Scratch.Rent<T>((nint)problem.M * problem.N);
        var product = problem;
        product.C = (T*)lease.Pointer;
        product.Ldc = problem.N;
        product.Epilogue = default;
        GemmRouter<S, V, T>.Run(product);
        var body = new Body { Problem = problem, Gradient = product.C };
        WorkerTeam.For((problem.M + ChunkRows - 1) / ChunkRows, ref body);
    }

    private struct Body : IChunkBody
    {
        public GemmProblem<T> Problem;
        public T* Gradient;

        public readonly void Run(int chunk)
        {
            nint first = chunk * ChunkRows;
            var tile = new UpdateTile
            {
                At = first * Problem.Ldc * sizeof(T),
                Row = Problem.Ldc * sizeof(T),
                Gradient = (byte*)(Gradient + (first * Problem.N)),
                GradientRow = (nint)Problem.N * sizeof(T),
                Rows = (int)nint.Min(ChunkRows, Problem.M - first),
                Columns = Problem.N,
            };
            var update = Problem.Epilogue.Update;
            update->Run(update->Problem, &tile);
        }
    }
}
