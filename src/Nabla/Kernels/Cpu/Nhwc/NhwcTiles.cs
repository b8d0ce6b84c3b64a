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
        if (args->Columns > V.Count)
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
