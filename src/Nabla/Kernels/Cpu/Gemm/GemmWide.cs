using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Residual, mask and column sums (<see cref="GemmEpilogue.IsWide"/>) of products that are too
/// small or too thin for blocks: by passes over C. And the joining of the sums that the chunks of
/// blocked products leave.
/// </summary>
internal static unsafe class GemmWide<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    /// <summary>Puts the residual where the product adds to it.</summary>
    public static void Begin(ref GemmProblem<T> p)
    {
        ref var epilogue = ref p.Epilogue;
        if (epilogue.Residual == null)
        {
            return;
        }

        for (nint row = 0; row < p.M && epilogue.Residual != p.C; row++)
        {
            new ReadOnlySpan<T>((T*)epilogue.Residual + (row * p.Ldc), p.N)
                .CopyTo(new Span<T>(p.C + (row * p.Ldc), p.N));
        }

        epilogue.Residual = null;
        epilogue.Accumulate = true;
    }

    /// <summary>Masks and adds up a C that is there.</summary>
    [SkipLocalsInit]
    public static void End(in GemmProblem<T> p)
    {
        var args = new GemmTileArgs<T>
        {
            C = p.C,
            Ldc = p.Ldc,
            Mask = (T*)p.Epilogue.Mask,
            ColumnSums = (T*)p.Epilogue.ColumnSums,
        };
        if (args.ColumnSums != null)
        {
            new Span<T>(args.ColumnSums, p.N).Clear();
        }

        // Row by row, through a row that may be read in whole registers.
        using var room = Scratch.Rent<T>(p.N + S.Width);
        var span = new Span<T>(room.Pointer, p.N);
        for (nint row = 0; row < p.M; row++)
        {
            new ReadOnlySpan<T>(args.C, p.N).CopyTo(span);
            GemmFinish.Run<S, V, T>(1, p.N, (T*)room.Pointer, 0, &args);
            args.C += p.Ldc;
            args.Mask = args.Mask == null ? null : args.Mask + p.Ldc;
        }
    }

    /// <summary>sums (N) = Σ of the parts' rows (parts, N), in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(T* parts, int count, int n, T* sums)
    {
        for (var j = 0; j < n; j += S.Width)
        {
            var left = n - j;
            var sum = S.LoadPart(parts + j, left);
            for (nint part = 1; part < count; part++)
            {
                sum = S.Add(sum, S.LoadPart(parts + (part * n) + j, left));
            }

            S.StorePart(sums + j, sum, left);
        }
    }
}
