using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>The micro-kernels of channels-last convolutions by their shape.</summary>
internal static unsafe class NhwcTiles
{
    /// <summary>Pixels that a tile's first half takes; the second half may lie elsewhere.</summary>
    public const int Half = 7;

    /// <summary>Pixels of the largest tile: two sums a pixel, two weights and a number of the
    /// source must fit into the register file.</summary>
    public static int MaxRows<V>() where V : unmanaged, IF32Lanes<V> => MaxRows(V.Count);

    /// <summary>The same for registers of so many numbers.</summary>
    public static int MaxRows(int lanes) => lanes == 16 ? 14 : 6;

    /// <summary>Output channels of a panel of weights.</summary>
    public static int Panel<V>() where V : unmanaged, IF32Lanes<V> => 2 * V.Count;

    /// <summary>Runs a tile of 1 … 14 pixels.</summary>
    public static void Run<V>(int rows, NhwcTileArgs* args) where V : unmanaged, IF32Lanes<V>
    {
        if (args->Columns % V.Count != 0)
        {
            RunPart<V>(rows, args);
        }
        else if (args->Columns > V.Count)
        {
            Get<V, N2>(rows)(args);
        }
        else
        {
            Get<V, N1>(rows)(args);
        }
    }

    /// <summary>The same for registers of so many numbers.</summary>
    public static void RunTile(int lanes, int rows, NhwcTileArgs* args)
    {
        switch (lanes)
        {
            case 16:
                Run<F32x16>(rows, args);
                break;
            case 8:
                Run<F32x8>(rows, args);
                break;
            default:
                Run<F32x4>(rows, args);
                break;
        }
    }

    /// <summary>Runs tiles of about the same height over pixels that follow each other in source
    /// and target.</summary>
    public static void RunAll<V>(int pixels, NhwcTileArgs* args)
        where V : unmanaged, IF32Lanes<V>
    {
        for (var tiles = (pixels + MaxRows<V>() - 1) / MaxRows<V>(); tiles > 0; tiles--)
        {
            var height = (pixels + tiles - 1) / tiles;
            args->Source7 = args->Source + (Half * args->SourceStep);
            args->Target7 = args->Target + (Half * args->TargetStep);
            Run<V>(height, args);
            args->Source += height * args->SourceStep;
            args->Target += height * args->TargetStep;
            pixels -= height;
        }
    }

    /// <summary>A tile whose last register is partly filled goes by way of a buffer of whole ones.
    /// </summary>
    [SkipLocalsInit]
    private static void RunPart<V>(int rows, NhwcTileArgs* args)
        where V : unmanaged, IF32Lanes<V>
    {
        var buffer = stackalloc float[2 * Half * Panel<V>()];
        var whole = *args;
        whole.Target = buffer;
        whole.Target7 = buffer + (Half * Panel<V>());
        whole.TargetStep = Panel<V>();
        whole.Residual = 0;
        whole.Columns = args->Columns > V.Count ? Panel<V>() : V.Count;
        for (var i = 0; args->HasResidual && i < rows; i++)
        {
            Move<V>(
                Target(args, i) + args->Residual, buffer + (i * Panel<V>()), args->Columns);
        }

        Run<V>(rows, &whole);
        args->Ahead = whole.Ahead;
        for (var i = 0; i < rows; i++)
        {
            Move<V>(buffer + (i * Panel<V>()), Target(args, i), args->Columns);
        }
    }

    private static float* Target(NhwcTileArgs* args, int pixel) => pixel < Half
        ? args->Target + (pixel * args->TargetStep)
        : args->Target7 + ((pixel - Half) * args->TargetStep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move<V>(float* from, float* to, int count)
        where V : unmanaged, IF32Lanes<V>
    {
        if (count > V.Count)
        {
            V.Store(V.Load(from), to);
            from += V.Count;
            to += V.Count;
            count -= V.Count;
        }

        V.StorePart(V.LoadPart(from, count), to, count);
    }

    private static delegate*<NhwcTileArgs*, void> Get<V, C>(int rows)
        where V : unmanaged, IF32Lanes<V>
        where C : struct, IGemmConst =>
        rows switch
        {
            1 => &NhwcTile.Run<V, N1, C>,
            2 => &NhwcTile.Run<V, N2, C>,
            3 => &NhwcTile.Run<V, N3, C>,
            4 => &NhwcTile.Run<V, N4, C>,
            5 => &NhwcTile.Run<V, N5, C>,
            6 => &NhwcTile.Run<V, N6, C>,
            7 => &NhwcTile.Run<V, N7, C>,
            8 => &NhwcTile.Run<V, N8, C>,
            9 => &NhwcTile.Run<V, N9, C>,
            10 => &NhwcTile.Run<V, N10, C>,
            11 => &NhwcTile.Run<V, N11, C>,
            12 => &NhwcTile.Run<V, N12, C>,
            13 => &NhwcTile.Run<V, N13, C>,
            _ => &NhwcTile.Run<V, N14, C>,
        };
}
