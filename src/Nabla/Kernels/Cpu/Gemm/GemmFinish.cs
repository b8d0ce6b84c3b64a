using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>The end of a product that isn't a plain store: edges of C, bias, activation.</summary>
internal static unsafe class GemmFinish
{
    /// <summary>
    /// Takes a tile from <c>args.Spill</c>, where its rows lie 2·width apart, to C.
    /// </summary>
    public static void Run<S, V, T>(int rows, GemmTileArgs<T>* args)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged =>
        Run<S, V, T>(rows, args->Columns, args->Spill, 2 * S.Width, args);

    /// <summary>
    /// Takes rows that lie <paramref name="stride"/> apart to C. They are read in whole registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<S, V, T>(
        int rows, int columns, T* from, nint stride, GemmTileArgs<T>* args)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged
    {
        for (var r = 0; r < rows; r++)
        {
            var rowBias = args->RowBias == null ? default : S.Broadcast(args->RowBias[r]);
            for (var j = 0; j < columns; j += S.Width)
            {
                var count = columns - j;
                var to = args->C + (r * args->Ldc) + j;
                var x = S.Load(from + (r * stride) + j);
                if (args->Accumulate)
                {
                    x = S.Add(S.LoadPart(to, count), x);
                }

                if (args->ColumnBias != null)
                {
                    x = S.Add(x, S.LoadPart(args->ColumnBias + j, count));
                }

                x = S.Add(x, rowBias);
                S.StorePart(to, args->Relu ? S.Floor(x, default) : x, count);
            }
        }
    }

    /// <summary>C of a product whose inner dimension is empty.</summary>
    public static void WithoutProduct<S, V, T>(in GemmProblem<T> p)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged
    {
        var args = GemmTileArgs<T>.Whole(p);
        using var zeros = Scratch.Rent<T>(p.N + S.Width);
        new Span<T>(zeros.Pointer, p.N + S.Width).Clear();
        Run<S, V, T>(p.M, p.N, (T*)zeros.Pointer, 0, &args);
    }
}
