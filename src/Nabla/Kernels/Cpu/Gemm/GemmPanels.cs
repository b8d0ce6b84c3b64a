using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Float32 and float64 products within one core's caches, for kernels that are parallel
/// themselves: B is packed by the caller and used often, and there are neither blocks nor threads.
/// A panel is a few columns of B, row after row, zeros behind the last column.
/// </summary>
internal static unsafe class GemmPanels<T>
    where T : unmanaged
{
    private static readonly delegate*<int, int, T*, nint, nint, T*, void> s_pack;
    private static readonly delegate*<GemmPanelProduct<T>*, void> s_run;

    static GemmPanels()
    {
        if (typeof(T) == typeof(float) && Avx512F.IsSupported)
        {
            Level<GemmFloat512, Vector512<float>, float>(out s_pack, out s_run);
            (TileRows, Columns) = (GemmFloat512.MaxRows, 2 * GemmFloat512.Width);
        }
        else if (typeof(T) == typeof(float) && Avx2.IsSupported && Fma.IsSupported)
        {
            Level<GemmFloat256, Vector256<float>, float>(out s_pack, out s_run);
            (TileRows, Columns) = (GemmFloat256.MaxRows, 2 * GemmFloat256.Width);
        }
        else if (typeof(T) == typeof(float))
        {
            Level<GemmFloat128, Vector128<float>, float>(out s_pack, out s_run);
            (TileRows, Columns) = (GemmFloat128.MaxRows, 2 * GemmFloat128.Width);
        }
        else if (Avx512F.IsSupported)
        {
            Level<GemmDouble512, Vector512<double>, double>(out s_pack, out s_run);
            (TileRows, Columns) = (GemmDouble512.MaxRows, 2 * GemmDouble512.Width);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Level<GemmDouble256, Vector256<double>, double>(out s_pack, out s_run);
            (TileRows, Columns) = (GemmDouble256.MaxRows, 2 * GemmDouble256.Width);
        }
        else
        {
            Level<GemmDouble128, Vector128<double>, double>(out s_pack, out s_run);
            (TileRows, Columns) = (GemmDouble128.MaxRows, 2 * GemmDouble128.Width);
        }
    }

    /// <summary>Rows of C that are computed at a time, at most.</summary>
    public static int TileRows { get; }

    /// <summary>Columns of a panel.</summary>
    public static int Columns { get; }

    /// <summary>Rows of the next tile where so many are left: all tiles are about equal.</summary>
    public static int Rows(int left) => left / ((left + TileRows - 1) / TileRows);

    /// <summary>How many numbers a packed B (K × N) takes.</summary>
    public static nint Size(int k, int n) => (nint)k * Whole(n);

    /// <summary>So many columns with those that fill up the last panel.</summary>
    public static int Whole(int n) => (n + Columns - 1) / Columns * Columns;

    /// <summary>So many columns with those that fill up the last register: half a panel.</summary>
    public static int Registers(int n) => (n + (Columns / 2) - 1) / (Columns / 2) * (Columns / 2);

    /// <summary>Packs B (K × N) with any strides.</summary>
    public static void Pack(int k, int n, T* b, nint row, nint column, T* packed) =>
        s_pack(k, n, b, row, column, packed);

    /// <summary>C ← A·B or C ← C + A·B; nothing where a size is 0.</summary>
    public static void Run(in GemmPanelProduct<T> product)
    {
        fixed (GemmPanelProduct<T>* p = &product)
        {
            s_run(p);
        }
    }

    private static void Level<S, V, U>(
        out delegate*<int, int, T*, nint, nint, T*, void> pack,
        out delegate*<GemmPanelProduct<T>*, void> run)
        where S : struct, IGemmLanes<V, U>
        where V : unmanaged
        where U : unmanaged
    {
        pack = (delegate*<int, int, T*, nint, nint, T*, void>)
            (delegate*<int, int, U*, nint, nint, U*, void>)&GemmPack<S, V, U>.B;
        run = (delegate*<GemmPanelProduct<T>*, void>)
            (delegate*<GemmPanelProduct<U>*, void>)&GemmPanelTiles<S, V, U>.Run;
    }
}

/// <summary>One product of <see cref="GemmPanels{T}"/>.</summary>
internal unsafe struct GemmPanelProduct<T>
    where T : unmanaged
{
    /// <summary>Rows of A and C.</summary>
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

    /// <summary>The first panel's first row to use.</summary>
    public T* Panels;

    /// <summary>Rows of a panel, those not used included.</summary>
    public int PanelRows;

    public T* C;
    public nint Ldc;

    /// <summary>Adds to C instead of replacing it.</summary>
    public bool Add;
}

/// <summary>The tiles of a <see cref="GemmPanelProduct{T}"/> at one SIMD level.</summary>
internal static unsafe class GemmPanelTiles<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    [SkipLocalsInit]
    public static void Run(GemmPanelProduct<T>* p)
    {
        if (p->M <= 0 || p->N <= 0 || p->K <= 0)
        {
            return;
        }

        var spill = stackalloc T[S.MaxRows * 2 * S.Width];
        var args = new GemmTileArgs<T> { Spill = spill, Ldc = p->Ldc, Accumulate = p->Add };
        var width = 2 * S.Width;
        for (int row = 0, rows; row < p->M; row += rows)
        {
            var left = p->M - row;
            rows = left / ((left + S.MaxRows - 1) / S.MaxRows);
            var full = GemmTiles<S, V, T>.Get(rows, 2, p->ColumnMajorA);
            var a = p->A + (p->ColumnMajorA ? row : row * p->Lda);
            var b = p->Panels;
            args.C = p->C + (row * p->Ldc);
            for (var column = 0; column < p->N; column += width)
            {
                args.Columns = Math.Min(width, p->N - column);
                var wide = args.Columns > S.Width;
                args.Plain = args.Columns == (wide ? width : S.Width);
                var run = wide ? full : GemmTiles<S, V, T>.Get(rows, 1, p->ColumnMajorA);
                run(p->K, a, p->Lda, b, width, args.C, p->Ldc, &args);
                args.C += width;
                b += (nint)p->PanelRows * width;
            }
        }
    }
}
