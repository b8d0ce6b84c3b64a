using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Runs an <see cref="AttentionProduct{T}"/> with this machine's widest registers: those that
/// <see cref="GemmPanels{T}"/> packs for.
/// </summary>
internal static unsafe class AttentionTiles<T>
    where T : unmanaged
{
    private static readonly delegate*<AttentionProduct<T>*, void> s_run = Choose();

    /// <summary>C ← A·B or C ← C + A·B; nothing where a size is 0.</summary>
    public static void Run(ref AttentionProduct<T> product)
    {
        if (product.M > 0 && product.K > 0)
        {
            // Products live on the stack.
            s_run((AttentionProduct<T>*)Unsafe.AsPointer(ref product));
        }
    }

    private static delegate*<AttentionProduct<T>*, void> Choose()
    {
        if (typeof(T) == typeof(float))
        {
            return Avx512F.IsSupported ? At<GemmFloat512, Vector512<float>, float>()
                : Avx2.IsSupported && Fma.IsSupported
                    ? At<GemmFloat256, Vector256<float>, float>()
                    : At<GemmFloat128, Vector128<float>, float>();
        }
        return Avx512F.IsSupported ? At<GemmDouble512, Vector512<double>, double>()
            : Avx2.IsSupported && Fma.IsSupported
                ? At<GemmDouble256, Vector256<double>, double>()
                : At<GemmDouble128, Vector128<double>, double>();
    }

    private static delegate*<AttentionProduct<T>*, void> At<S, V, U>()
        where S : struct, IGemmLanes<V, U>
        where V : unmanaged
        where U : unmanaged =>
        (delegate*<AttentionProduct<T>*, void>)
            (delegate*<AttentionProduct<U>*, void>)&AttentionTiles<S, V, U>.Run;
}

/// <summary>One product of a row of tiles with panels of B: two registers wide.</summary>
internal unsafe struct AttentionProduct<T>
    where T : unmanaged
{
    /// <summary>Rows of A and C: a tile's at most.</summary>
    public int M;

    /// <summary>Columns of C.</summary>
    public int N;

    /// <summary>Columns of A, rows of B.</summary>
    public int K;

    public T* A;

    /// <summary>Distance of A's rows, or of its columns where those are contiguous.</summary>
    public nint Lda;

    /// <summary>A's columns, not its rows, are contiguous.</summary>
    public bool ColumnMajorA;

    /// <summary>B: the first panel's first row to use.</summary>
    public T* Panels;

    /// <summary>Distance of a panel's rows.</summary>
    public nint Ldb;

    /// <summary>From a panel to the next.</summary>
    public nint PanelSize;

    public T* C;
    public nint Ldc;

    /// <summary>Adds to C instead of replacing it.</summary>
    public bool Add;

    /// <summary>What to ask for meanwhile.</summary>
    public AttentionAhead<T>* Ahead;
}

/// <summary>The tiles of an <see cref="AttentionProduct{T}"/> at one SIMD level.</summary>
internal static unsafe class AttentionTiles<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    [SkipLocalsInit]
    public static void Run(AttentionProduct<T>* p)
    {
        var width = 2 * S.Width;
        var args = new GemmTileArgs<T> { Accumulate = p->Add, Plain = true };
        var b = p->Panels;
        var c = p->C;
        for (var column = 0; column < p->N; column += width)
        {
            var columns = Math.Min(width, p->N - column);
            var run = GemmTiles<S, V, T>.GetAhead(
                p->M, columns > S.Width ? 2 : 1, p->ColumnMajorA);
            p->Ahead->Take(p->K, out var ahead, out var step);
            args.Next = (T*)ahead;
            args.NextStep = step / sizeof(T);
            if (columns == width || columns == S.Width)
            {
                run(p->K, p->A, p->Lda, b, p->Ldb, c, p->Ldc, &args);
            }
            else
            {
                Part(p, run, args, b, c, columns);
            }
            c += width;
            b += p->PanelSize;
        }
    }

    /// <summary>A tile that juts out over C.</summary>
    [SkipLocalsInit]
    private static void Part(AttentionProduct<T>* p,
        delegate*<nint, T*, nint, T*, nint, T*, nint, GemmTileArgs<T>*, void> run,
        GemmTileArgs<T> args, T* b, T* c, int columns)
    {
        var width = 2 * S.Width;
        var spill = stackalloc T[S.MaxRows * width];
        args.Accumulate = false;
        run(p->K, p->A, p->Lda, b, p->Ldb, spill, width, &args);
        for (var r = 0; r < p->M; r++)
        {
            for (var i = 0; i < columns; i += S.Width)
            {
                var count = Math.Min(S.Width, columns - i);
                var value = S.Load(spill + i);
                S.StorePart(
                    c + i, p->Add ? S.Add(S.LoadPart(c + i, count), value) : value, count);
            }
            spill += width;
            c += p->Ldc;
        }
    }
}
