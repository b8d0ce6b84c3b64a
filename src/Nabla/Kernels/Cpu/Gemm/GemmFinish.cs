using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>The end of a product that isn't a plain store: edges of C, bias, activation.</summary>
internal static unsafe class GemmFinish
{
    /// <summary>
    /// Takes a tile from <c>args.Spill</c>, where its rows lie 2·width apart, to C.
    /// </summary>
    public static void Tile<S, V, T, C>(int rows, GemmTileArgs<T>* args)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged
        where C : struct, IGemmConst
    {
        if (args->Update != null)
        {
            Update<S, V, T>(rows, args);
        }
        else if (args->IsWhole)
        {
            Whole<S, V, T, C>(rows, args);
        }
        else
        {
            Run<S, V, T>(rows, args->Columns, args->Spill, 2 * S.Width, args);
        }
    }

    /// <summary>Hands the tile to the step that takes it.</summary>
    private static void Update<S, V, T>(int rows, GemmTileArgs<T>* args)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged
    {
        var update = args->Update;
        var tile = new UpdateTile
        {
            At = (nint)((byte*)args->C - update->Origin),
            Row = args->Ldc * sizeof(T),
            Gradient = (byte*)args->Spill,
            GradientRow = 2 * S.Width * sizeof(T),
            Rows = rows,
            Columns = args->Columns,
            Ahead = args->Ahead,
        };
        update->Run(update->Problem, &tile);
    }

    /// <summary>
    /// Takes rows that lie <paramref name="stride"/> apart to C. They are read in whole registers.
    /// </summary>
    public static void Run<S, V, T>(
        int rows, int columns, T* from, nint stride, GemmTileArgs<T>* args)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged
    {
        var whole = columns - (columns % S.Width);
        Columns<S, V, T, N0>(rows, 0, whole, from, stride, args);
        Columns<S, V, T, N1>(rows, whole, columns, from, stride, args);
    }

    /// <summary>A tile within C, without a row bias: row by row, all that is asked for in
    /// registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Whole<S, V, T, C>(int rows, GemmTileArgs<T>* args)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged
        where C : struct, IGemmConst
    {
        var from = args->Spill;
        var c = args->C;
        var ldc = args->Ldc;
        var before = !args->Accumulate ? null : args->Residual == null ? c : args->Residual;
        var bias = args->ColumnBias;
        var relu = args->Relu;
        var mask = args->Mask;
        V b0 = default, b1 = default, sum0 = default, sum1 = default;
        if (bias != null)
        {
            b0 = S.Load(bias);
            b1 = C.Value > 1 ? S.Load(bias + S.Width) : default;
        }

        for (var r = 0; r < rows; r++)
        {
            var x0 = S.Load(from);
            var x1 = C.Value > 1 ? S.Load(from + S.Width) : default;
            from += 2 * S.Width;
            if (bias != null)
            {
                x0 = S.Add(x0, b0);
                x1 = S.Add(x1, b1);
            }

            if (before != null)
            {
                x0 = S.Add(S.Load(before), x0);
                x1 = C.Value > 1 ? S.Add(S.Load(before + S.Width), x1) : default;
                before += ldc;
            }

            if (relu)
            {
                x0 = S.Floor(x0, default);
                x1 = S.Floor(x1, default);
            }

            if (mask != null)
            {
                x0 = S.WherePositive(x0, S.Load(mask));
                x1 = C.Value > 1 ? S.WherePositive(x1, S.Load(mask + S.Width)) : default;
                mask += ldc;
            }

            sum0 = S.Add(sum0, x0);
            sum1 = S.Add(sum1, x1);
            S.Store(c, x0);
            if (C.Value > 1)
            {
                S.Store(c + S.Width, x1);
            }

            c += ldc;
        }

        var sums = args->ColumnSums;
        if (sums != null)
        {
            S.Store(sums, S.Add(S.Load(sums), sum0));
            if (C.Value > 1)
            {
                S.Store(sums + S.Width, S.Add(S.Load(sums + S.Width), sum1));
            }
        }
    }

    /// <summary>Some columns, a register at a time, so that what belongs to a column stays in one.
    /// P is 1 where a register reaches beyond the last column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<S, V, T, P>(
        int rows, int j, int end, T* from, nint stride, GemmTileArgs<T>* args)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged
        where P : struct, IGemmConst
    {
        for (; j < end; j += S.Width)
        {
            var count = end - j;
            var to = args->C + j;
            var source = from + j;
            var before = args->Residual == null ? to : args->Residual + j;
            var mask = args->Mask == null ? null : args->Mask + j;
            var bias = args->ColumnBias == null
                ? default
                : Load<S, V, T, P>(args->ColumnBias + j, count);
            var sum = default(V);
            for (var r = 0; r < rows; r++)
            {
                var x = S.Load(source);
                if (args->ColumnBias != null)
                {
                    x = S.Add(x, bias);
                }

                if (args->Accumulate)
                {
                    x = S.Add(Load<S, V, T, P>(before, count), x);
                    before += args->Ldc;
                }

                if (args->RowBias != null)
                {
                    x = S.Add(x, S.Broadcast(args->RowBias[r]));
                }

                if (args->Relu)
                {
                    x = S.Floor(x, default);
                }

                if (mask != null)
                {
                    x = S.WherePositive(x, Load<S, V, T, P>(mask, count));
                    mask += args->Ldc;
                }

                sum = S.Add(sum, x);
                Store<S, V, T, P>(to, x, count);
                source += stride;
                to += args->Ldc;
            }

            if (args->ColumnSums != null)
            {
                var total = args->ColumnSums + j;
                Store<S, V, T, P>(total, S.Add(Load<S, V, T, P>(total, count), sum), count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load<S, V, T, P>(T* from, int count)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged
        where P : struct, IGemmConst =>
        P.Value == 0 ? S.Load(from) : S.LoadPart(from, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<S, V, T, P>(T* to, V value, int count)
        where S : struct, IGemmLanes<V, T>
        where V : unmanaged
        where T : unmanaged
        where P : struct, IGemmConst
    {
        if (P.Value == 0)
        {
            S.Store(to, value);
        }
        else
        {
            S.StorePart(to, value, count);
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
