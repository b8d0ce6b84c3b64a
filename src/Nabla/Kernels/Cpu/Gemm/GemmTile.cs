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

    /// <summary>Bytes that memory brings at a time.</summary>
    private const int Line = 64;

    /// <summary>
    /// C (R × C·width) = A (R × k) · B (k × C·width), then what <paramref name="args"/> asks for.
    /// </summary>
    /// <param name="k">Length of the inner dimension, at least 1.</param>
    /// <param name="a">First number of A.</param>
    /// <param name="lda">
    /// For <typeparamref name="U"/> = 0 the distance of A's rows, whose numbers lie side by side;
    /// for 1 the distance of A's columns, whose numbers lie side by side.
    /// </param>
    /// <param name="b">First number of B.</param>
    /// <param name="ldb">Distance of B's rows.</param>
    /// <param name="c">First number of C.</param>
    /// <param name="ldc">Distance of C's rows.</param>
    /// <param name="args">What becomes of the product, and what to ask memory for meanwhile: for
    /// <typeparamref name="P"/> = 0 C's rows and <c>Next</c>; for 1 B's rows ahead, too, which lie
    /// too far apart for the hardware to guess; for 2 only <c>Next</c>, a line with each k, where k
    /// is short and all operands are near.</param>
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
        // For P = 2 two lines of each row in turn: the steps between them alternate.
        nint line = Line / sizeof(T);
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
            if (P.Value == 2 && Sse.IsSupported)
            {
                Sse.Prefetch1(next);
                next += line;
                line = nextStep - line;
            }
            else if (Sse.IsSupported && (k & 3) == 0)
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
        if (plain && (args->Accumulate || args->ColumnBias != null))
        {
            // A bias is the same for all rows.
            var before = !args->Accumulate ? args->ColumnBias
                : args->Residual == null ? c : args->Residual;
            var apart = args->Accumulate ? ldc : 0;
            r0.AddTo<R, N0>(before, c);
            r1.AddTo<R, N1>(before + apart, c + ldc);
            r2.AddTo<R, N2>(before + (2 * apart), c + (2 * ldc));
            r3.AddTo<R, N3>(before + (3 * apart), c + (3 * ldc));
            r4.AddTo<R, N4>(before + (4 * apart), c + (4 * ldc));
            r5.AddTo<R, N5>(before + (5 * apart), c + (5 * ldc));
            r6.AddTo<R, N6>(before + (6 * apart), c + (6 * ldc));
            r7.AddTo<R, N7>(before + (7 * apart), c + (7 * ldc));
            r8.AddTo<R, N8>(before + (8 * apart), c + (8 * ldc));
            r9.AddTo<R, N9>(before + (9 * apart), c + (9 * ldc));
            r10.AddTo<R, N10>(before + (10 * apart), c + (10 * ldc));
            r11.AddTo<R, N11>(before + (11 * apart), c + (11 * ldc));
            r12.AddTo<R, N12>(before + (12 * apart), c + (12 * ldc));
            r13.AddTo<R, N13>(before + (13 * apart), c + (13 * ldc));
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

    /// <summary>Writes the row plus what is elsewhere in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo<R, I>(T* before, T* c)
        where R : struct, IGemmConst
        where I : struct, IGemmConst
    {
        if (I.Value < R.Value)
        {
            S.Store(c, S.Add(S.Load(before), _lo));
            if (C.Value > 1)
            {
                S.Store(c + S.Width, S.Add(S.Load(before + S.Width), _hi));
            }
        }
    }
}
