namespace Nabla.Kernels.Cpu;

/// <summary>The micro-kernels of one SIMD level by their shape.</summary>
internal static unsafe class GemmTiles<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    /// <summary>The kernel for a tile of 1 … 14 rows and 1 or 2 registers of columns.</summary>
    /// <param name="rows">Rows of the tile.</param>
    /// <param name="registers">Registers of a row.</param>
    /// <param name="columnMajor">A's columns, not its rows, are contiguous.</param>
    public static delegate*<nint, T*, nint, T*, nint, T*, nint, GemmTileArgs<T>*, void> Get(
        int rows, int registers, bool columnMajor) => Get<N0>(rows, registers, columnMajor);

    /// <summary>The kernel that asks memory for B's rows ahead.</summary>
    public static delegate*<nint, T*, nint, T*, nint, T*, nint, GemmTileArgs<T>*, void> GetAsking(
        int rows, int registers, bool columnMajor) => Get<N1>(rows, registers, columnMajor);

    /// <summary>The kernel that asks for a line of what comes next with each k.</summary>
    public static delegate*<nint, T*, nint, T*, nint, T*, nint, GemmTileArgs<T>*, void> GetAhead(
        int rows, int registers, bool columnMajor) => Get<N2>(rows, registers, columnMajor);

    private static delegate*<nint, T*, nint, T*, nint, T*, nint, GemmTileArgs<T>*, void> Get<P>(
        int rows, int registers, bool columnMajor)
        where P : struct, IGemmConst =>
        (registers, columnMajor) switch
        {
            (1, false) => Get<N1, N0, P>(rows),
            (1, true) => Get<N1, N1, P>(rows),
            (_, false) => Get<N2, N0, P>(rows),
            (_, true) => Get<N2, N1, P>(rows),
        };

    private static delegate*<nint, T*, nint, T*, nint, T*, nint, GemmTileArgs<T>*, void>
        Get<C, U, P>(int rows)
        where C : struct, IGemmConst
        where U : struct, IGemmConst
        where P : struct, IGemmConst =>
        rows switch
        {
            1 => &GemmTile.Run<S, V, T, N1, C, U, P>,
            2 => &GemmTile.Run<S, V, T, N2, C, U, P>,
            3 => &GemmTile.Run<S, V, T, N3, C, U, P>,
            4 => &GemmTile.Run<S, V, T, N4, C, U, P>,
            5 => &GemmTile.Run<S, V, T, N5, C, U, P>,
            6 => &GemmTile.Run<S, V, T, N6, C, U, P>,
            7 => &GemmTile.Run<S, V, T, N7, C, U, P>,
            8 => &GemmTile.Run<S, V, T, N8, C, U, P>,
            9 => &GemmTile.Run<S, V, T, N9, C, U, P>,
            10 => &GemmTile.Run<S, V, T, N10, C, U, P>,
            11 => &GemmTile.Run<S, V, T, N11, C, U, P>,
            12 => &GemmTile.Run<S, V, T, N12, C, U, P>,
            13 => &GemmTile.Run<S, V, T, N13, C, U, P>,
            _ => &GemmTile.Run<S, V, T, N14, C, U, P>,
        };
}

/// <summary>What becomes of a product, and room for a tile that needs more than a store.</summary>
internal unsafe struct GemmTileArgs<T>
    where T : unmanaged
{
    /// <summary>Room for a full tile.</summary>
    public T* Spill;

    /// <summary>The tile's first number in C, for the tiles that aren't plain.</summary>
    public T* C;

    /// <summary>Distance of C's rows.</summary>
    public nint Ldc;

    /// <summary>Added to the tile's rows, one number each; may be null.</summary>
    public T* RowBias;

    /// <summary>Added to the tile's columns, one number each; may be null.</summary>
    public T* ColumnBias;

    /// <summary>What to add in place of C; may be null. Its rows lie as C's.</summary>
    public T* Residual;

    /// <summary>The tile is 0 where this is not above 0; may be null. Its rows lie as
    /// C's.</summary>
    public T* Mask;

    /// <summary>Where the tile's columns are added up; may be null.</summary>
    public T* ColumnSums;

    /// <summary>A step that takes the tile instead of C; or null.</summary>
    public GemmUpdate* Update;

    /// <summary>How far behind the tile's rows such a step asks for the next ones, in bytes; or 0.
    /// </summary>
    public nint Ahead;

    /// <summary>Distance from C to what is read beside it, such as the residual; or 0.</summary>
    public nint Beside;

    /// <summary>What is wanted soon, to be asked for two registers at a time, or a line.</summary>
    public T* Next;

    /// <summary>Distance of the rows of <see cref="Next"/>.</summary>
    public nint NextStep;

    /// <summary>Columns of the tile that lie within C.</summary>
    public int Columns;

    /// <summary>Add to C, or to the residual, instead of replacing it.</summary>
    public bool Accumulate;

    /// <summary>Cut negative results to 0.</summary>
    public bool Relu;

    /// <summary>All of the tile lies within C, and nothing follows but one addition: of C, the
    /// residual or the column bias.</summary>
    public bool Plain;

    /// <summary>All of the tile lies within C, and no row bias follows.</summary>
    public bool IsWhole;

    /// <summary>The epilogue of all of C.</summary>
    public static GemmTileArgs<T> Whole(in GemmProblem<T> problem) =>
        new()
        {
            C = problem.C,
            Ldc = problem.Ldc,
            RowBias = (T*)problem.Epilogue.RowBias,
            ColumnBias = (T*)problem.Epilogue.ColumnBias,
            Columns = problem.N,
            Accumulate = problem.Epilogue.Accumulate,
            Relu = problem.Epilogue.Activation == GemmActivation.Relu,
        };
}
