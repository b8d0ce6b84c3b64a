using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The products of attention: a tile of C stays in registers while k runs, as in
/// <see cref="GemmTile"/>. Here k is short and all operands are near, so that nothing but the
/// multiply-adds is in the loop, and one line of what the core works on next is asked for with each
/// k: evenly, for many misses at once would hold up the loads of A and B.
/// </summary>
internal static unsafe class AttentionTile
{
    private const int Line = 64;

    /// <summary>C ← A·B or C ← C + A·B, with A (R × k) by rows (U = 0) or by columns (U = 1), and B
    /// in rows of two registers, of which a tile takes the first C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<S, V, T, R, C, U>(
        nint k, T* a, nint lda, T* b, nint ldb, T* c, nint ldc, AttentionTileArgs* args)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged
        where R : struct, IGemmConst
        where C : struct, IGemmConst
        where U : struct, IGemmConst
    {
        GemmTileRow<S, V, T, C> r0 = default, r1 = default, r2 = default, r3 = default;
        GemmTileRow<S, V, T, C> r4 = default, r5 = default, r6 = default, r7 = default;
        GemmTileRow<S, V, T, C> r8 = default, r9 = default, r10 = default, r11 = default;
        GemmTileRow<S, V, T, C> r12 = default, r13 = default;

        // Two lines of each row in turn: the steps between them alternate.
        var ahead = args->Ahead;
        var both = args->AheadStep;
        nint step = Line;
        // Three rows share a pointer: x86 adds 0, 1 or 2 strides to it within the load.
        var row = U.Value == 1 ? 1 : lda;
        var next = U.Value == 1 ? lda : 1;
        var a0 = a;
        var a3 = a + (3 * row);
        var a6 = a + (6 * row);
        var a9 = a + (9 * row);
        var a12 = a + (12 * row);
        for (; k > 0; k--)
        {
            var b0 = S.Load(b);
            var b1 = C.Value > 1 ? S.Load(b + S.Width) : default;
            b += ldb;
            if (Sse.IsSupported)
            {
                Sse.Prefetch1(ahead);
                ahead += step;
                step = both - step;
            }

            r0.Step<R, N0>(a0, b0, b1);
            r1.Step<R, N1>(a0 + row, b0, b1);
            r2.Step<R, N2>(a0 + (2 * row), b0, b1);
            a0 += next;
            r3.Step<R, N3>(a3, b0, b1);
            r4.Step<R, N4>(a3 + row, b0, b1);
            r5.Step<R, N5>(a3 + (2 * row), b0, b1);
            a3 += next;
            r6.Step<R, N6>(a6, b0, b1);
            r7.Step<R, N7>(a6 + row, b0, b1);
            r8.Step<R, N8>(a6 + (2 * row), b0, b1);
            a6 += next;
            r9.Step<R, N9>(a9, b0, b1);
            r10.Step<R, N10>(a9 + row, b0, b1);
            r11.Step<R, N11>(a9 + (2 * row), b0, b1);
            a9 += next;
            r12.Step<R, N12>(a12, b0, b1);
            r13.Step<R, N13>(a12 + row, b0, b1);
            a12 += next;
        }

        if (args->Add)
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
    }
}

/// <summary>What a tile does besides multiplying.</summary>
internal unsafe struct AttentionTileArgs
{
    /// <summary>A line to ask for, of any memory; the next one follows it.</summary>
    public byte* Ahead;

    /// <summary>Bytes to the next pair of lines.</summary>
    public nint AheadStep;

    /// <summary>Adds to C instead of replacing it.</summary>
    public bool Add;
}
