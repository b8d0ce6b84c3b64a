using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The micro-kernel: a tile of C of up to 14 rows and 2 registers stays in registers while k runs.
/// One text serves every register width, number type and tile shape.
/// </summary>
internal static unsafe class GemmTile
{
    /// <summary>Rows of B to ask for ahead: as long as memory takes.</summary>
    private const int Distance = 24;

    /// <summary>
    /// C (R × C·width) = A (R × k) · B (k × C·width), then what <paramref name="args"/> asks for.
    /// </summary>
    /// <param name="k">Length of the inner dimension, at least 1.</param>
    /// <param name="a">First number of A.</param>
    /// <param name="lda">
    /// For <typeparamref name="U"/> = 0 the distance of A's rows, whose numbers lie side by side;
    /// for 1 the distance of A's columns, whose numbers lie side by side.
    /// </param>
    /// <param name="b">First number of B. For <typeparamref name="P"/> = 1 its rows are asked for
    /// ahead: they lie too far apart for the hardware to guess.</param>
    /// <param name="ldb">Distance of B's rows.</param>
    /// <param name="c">First number of C.</param>
    /// <param name="ldc">Distance of C's rows.</param>
    /// <param name="args">What becomes of the product.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<S, V, T, R, C, U, P>(
        nint k, T* a, nint lda, T* b, nint ldb, T* c, nint ldc, GemmTileArgs<T>* args)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged
        where R : struct, IGemmConst
        where C : struct, IGemmConst
        where U : struct, IGemmConst
        where P : struct, IGemmConst
    {
        GemmTileRow<S, V, T, C> r0 = default, r1 = default, r2 = default, r3 = default;
        GemmTileRow<S, V, T, C> r4 = default, r5 = default, r6 = default, r7 = default;
        GemmTileRow<S, V, T, C> r8 = default, r9 = default, r10 = default, r11 = default;
        GemmTileRow<S, V, T, C> r12 = default, r13 = default;

        var ahead = c;
        var beside = args->Beside;
        var next = args->Next == null ? c : args->Next;
        var nextStep = args->NextStep;
        // Three rows share a pointer: x86 adds 0, 1 or 2 strides to it within the load.
        var row = U.Value == 1 ? 1 : lda;
        var step = U.Value == 1 ? lda : 1;
        var a0 = a;
        var a3 = a + (3 * row);
        var a6 = a + (6 * row);
        var a9 = a + (9 * row);
        var a12 = a + (12 * row);
        if (R.Value <= 2)
        {
            // One or two rows leave the multiply-adds waiting for each other: four k at a time.
            for (; k >= 4; k -= 4)
            {
                var b0 = S.Load(b);
                var b1 = C.Value > 1 ? S.Load(b + S.Width) : default;
                r0.Step<R, N0>(a0, b0, b1);
                r1.Step<R, N1>(a0 + row, b0, b1);
                a0 += step;
                b += ldb;
                b0 = S.Load(b);
                b1 = C.Value > 1 ? S.Load(b + S.Width) : default;
                r2.Step<R, N0>(a0, b0, b1);
                r3.Step<R, N1>(a0 + row, b0, b1);
                a0 += step;
                b += ldb;
                b0 = S.Load(b);
                b1 = C.Value > 1 ? S.Load(b + S.Width) : default;
                r4.Step<R, N0>(a0, b0, b1);
                r5.Step<R, N1>(a0 + row, b0, b1);
                a0 += step;
                b += ldb;
                b0 = S.Load(b);
                b1 = C.Value > 1 ? S.Load(b + S.Width) : default;
                r6.Step<R, N0>(a0, b0, b1);
                r7.Step<R, N1>(a0 + row, b0, b1);
                a0 += step;
                b += ldb;
            }

            r0.Join(r2, r4, r6);
            r1.Join(r3, r5, r7);
        }

        for (; k > 0; k--)
        {
            var b0 = S.Load(b);
            var b1 = C.Value > 1 ? S.Load(b + S.Width) : default;
            if (P.Value == 1 && Sse.IsSupported)
            {
                Sse.Prefetch1(b + (Distance * ldb));
                Sse.Prefetch1(b + (Distance * ldb) + ((C.Value - 1) * S.Width));
            }

            b += ldb;
            if (Sse.IsSupported && (k & 3) == 0)
            {
                // What is wanted when k has run, or by the next chunk. Into L2, for in L1 its rows
                // may share a cache set; a row at a time, for many misses at once would hold up
                // those of A and B.
                if ((k & 7) == 0)
                {
                    Sse.Prefetch1(ahead);
                    Sse.Prefetch1(ahead + ((C.Value - 1) * S.Width));
                    Sse.Prefetch1(ahead + beside);
                    Sse.Prefetch1(ahead + beside + ((C.Value - 1) * S.Width));
                    ahead += ldc;
                }
                else
                {
                    Sse.Prefetch1(next);
                    Sse.Prefetch1(next + S.Width);
                    next += nextStep;
                }
            }

            r0.Step<R, N0>(a0, b0, b1);
            r1.Step<R, N1>(a0 + row, b0, b1);
            r2.Step<R, N2>(a0 + (2 * row), b0, b1);
            a0 += step;
            r3.Step<R, N3>(a3, b0, b1);
            r4.Step<R, N4>(a3 + row, b0, b1);
            r5.Step<R, N5>(a3 + (2 * row), b0, b1);
            a3 += step;
            r6.Step<R, N6>(a6, b0, b1);
            r7.Step<R, N7>(a6 + row, b0, b1);
            r8.Step<R, N8>(a6 + (2 * row), b0, b1);
            a6 += step;
            r9.Step<R, N9>(a9, b0, b1);
            r10.Step<R, N10>(a9 + row, b0, b1);
            r11.Step<R, N11>(a9 + (2 * row), b0, b1);
            a9 += step;
            r12.Step<R, N12>(a12, b0, b1);
            r13.Step<R, N13>(a12 + row, b0, b1);
            a12 += step;
        }

        var plain = args->Plain;
        if (plain && args->Accumulate)
        {
            r0.AddTo<R, N0>(c);
            r1.AddTo<R, N1>(c + ldc);
            r2.AddTo<R, N2>(c + (2 * ldc));
            r3.AddTo<R, N3>(c + (3 * ldc));
            r4.AddTo<R, N4>(c + (4 * ldc));
            r5.AddTo<R, N5>(c + (5 * ldc));
            r6.AddTo<R, N6>(c + (6 * ldc));
            r7.AddTo<R, N7>(c + (7 * ldc));
            r8.AddTo<R, N8>(c + (8 * ldc));
            r9.AddTo<R, N9>(c + (9 * ldc));
            r10.AddTo<R, N10>(c + (10 * ldc));
            r11.AddTo<R, N11>(c + (11 * ldc));
            r12.AddTo<R, N12>(c + (12 * ldc));
            r13.AddTo<R, N13>(c + (13 * ldc));
            return;
        }

        if (!plain)
        {
            c = args->Spill;
            ldc = 2 * S.Width;
        }

        r0.Put<R, N0>(c);
        r1.Put<R, N1>(c + ldc);
        r2.Put<R, N2>(c + (2 * ldc));
        r3.Put<R, N3>(c + (3 * ldc));
        r4.Put<R, N4>(c + (4 * ldc));
        r5.Put<R, N5>(c + (5 * ldc));
        r6.Put<R, N6>(c + (6 * ldc));
        r7.Put<R, N7>(c + (7 * ldc));
        r8.Put<R, N8>(c + (8 * ldc));
        r9.Put<R, N9>(c + (9 * ldc));
        r10.Put<R, N10>(c + (10 * ldc));
        r11.Put<R, N11>(c + (11 * ldc));
        r12.Put<R, N12>(c + (12 * ldc));
        r13.Put<R, N13>(c + (13 * ldc));
        if (!plain)
        {
            GemmFinish.Tile<S, V, T, C>(R.Value, args);
        }
    }
}

/// <summary>
/// One row of a tile: C accumulators. Row I of a tile of R rows does nothing when I ≥ R, so the
/// tile's text names all rows and the JIT drops those the tile doesn't have.
/// </summary>
internal unsafe struct GemmTileRow<S, V, T, C>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
    where C : struct, IGemmConst
{
    private V _lo;
    private V _hi;

    /// <summary>Adds one number of A times one row of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<R, I>(T* a, V b0, V b1)
        where R : struct, IGemmConst
        where I : struct, IGemmConst
    {
        if (I.Value < R.Value)
        {
            var x = S.Broadcast(*a);
            _lo = S.Fma(x, b0, _lo);
            if (C.Value > 1)
            {
                _hi = S.Fma(x, b1, _hi);
            }
        }
    }

    /// <summary>Adds what three other rows have gathered for this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Join(
        GemmTileRow<S, V, T, C> a, GemmTileRow<S, V, T, C> b, GemmTileRow<S, V, T, C> c)
    {
        _lo = S.Add(S.Add(_lo, a._lo), S.Add(b._lo, c._lo));
        _hi = S.Add(S.Add(_hi, a._hi), S.Add(b._hi, c._hi));
    }

    /// <summary>Writes the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Put<R, I>(T* c)
        where R : struct, IGemmConst
        where I : struct, IGemmConst
    {
        if (I.Value < R.Value)
        {
            S.Store(c, _lo);
            if (C.Value > 1)
            {
                S.Store(c + S.Width, _hi);
            }
        }
    }

    /// <summary>Adds the row to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo<R, I>(T* c)
        where R : struct, IGemmConst
        where I : struct, IGemmConst
    {
        if (I.Value < R.Value)
        {
            S.Store(c, S.Add(S.Load(c), _lo));
            if (C.Value > 1)
            {
                S.Store(c + S.Width, S.Add(S.Load(c + S.Width), _hi));
            }
        }
    }
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

    /// <summary>Distance from C to what is read beside it, such as the residual; or 0.</summary>
    public nint Beside;

    /// <summary>What is wanted soon, to be asked for two registers at a time.</summary>
    public T* Next;

    /// <summary>Distance of the rows of <see cref="Next"/>.</summary>
    public nint NextStep;

    /// <summary>Columns of the tile that lie within C.</summary>
    public int Columns;

    /// <summary>Add to C, or to the residual, instead of replacing it.</summary>
    public bool Accumulate;

    /// <summary>Cut negative results to 0.</summary>
    public bool Relu;

    /// <summary>All of the tile lies within C, and nothing follows.</summary>
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
        int rows, int registers, bool columnMajor) =>
        (registers, columnMajor) switch
        {
            (1, false) => Get<N1, N0, N0>(rows),
            (1, true) => Get<N1, N1, N0>(rows),
            (_, false) => Get<N2, N0, N0>(rows),
            (_, true) => Get<N2, N1, N0>(rows),
        };

    /// <summary>The kernel that asks memory for B's rows ahead.</summary>
    public static delegate*<nint, T*, nint, T*, nint, T*, nint, GemmTileArgs<T>*, void> GetAsking(
        int rows, int registers, bool columnMajor) =>
        (registers, columnMajor) switch
        {
            (1, false) => Get<N1, N0, N1>(rows),
            (1, true) => Get<N1, N1, N1>(rows),
            (_, false) => Get<N2, N0, N1>(rows),
            (_, true) => Get<N2, N1, N1>(rows),
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
