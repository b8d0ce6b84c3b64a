namespace Nabla.Kernels.Cpu;

/// <summary>What a tile computes; see <see cref="ConvGradTiles"/>.</summary>
internal unsafe struct ConvGradTileArgs
{
    public float* Gradient;

    /// <summary>Distance from one row (target channel) of the gradient to the next.</summary>
    public nint GradientRow;

    /// <summary>Distance from one run of the gradient to the next.</summary>
    public nint GradientRun;

    public float* Source;

    public nint SourceRun;

    /// <summary>What each tap adds to the source's address.</summary>
    public nint* Offsets;

    public int Runs;

    /// <summary>Vectors in a run.</summary>
    public int Vectors;

    /// <summary>The sums, one vector each, [row][tap].</summary>
    public float* Sums;
}

/// <summary>
/// The weight gradient's inner loops: a tile of rows × taps vectors of sums in registers,
/// sums[row][tap] += Σ over v of gradient[row][v] · source[offset[tap] + v], lane by lane.
/// </summary>
internal static unsafe class ConvGradTiles
{
    public const int MaxRows = 8;

    /// <summary>The largest number of sums in a tile.</summary>
    public const int MaxSums = 24;

    public const int MaxTaps = 4;

    /// <summary>Taps of a tile with so many rows.</summary>
    public static int Taps<V>(int rows) where V : unmanaged, IConvVector<V> => rows switch
    {
        8 => 3,
        6 => V.HasManyRegisters ? 4 : 2,
        4 => 2,
        _ => 4,
    };

    /// <summary>Taps of the smallest tile that holds the <paramref name="left"/> last ones.
    /// </summary>
    public static int Taps<V>(int rows, int left) where V : unmanaged, IConvVector<V> =>
        left == 1 && rows >= 6 ? 1 : Taps<V>(rows);

    /// <summary>Runs a tile of so many rows and taps.</summary>
    public static void Run<V>(int rows, int taps, ref readonly ConvGradTileArgs args)
        where V : unmanaged, IConvVector<V>
    {
        switch (rows)
        {
            case 8 when taps == 1:
                ConvGradTile.Run<V, N8, N1>(in args);
                break;
            case 6 when taps == 1:
                ConvGradTile.Run<V, N6, N1>(in args);
                break;
            case 8:
                ConvGradTile.Run<V, N8, N3>(in args);
                break;
            case 6 when V.HasManyRegisters:
                ConvGradTile.Run<V, N6, N4>(in args);
                break;
            case 6:
                ConvGradTile.Run<V, N6, N2>(in args);
                break;
            case 4:
                ConvGradTile.Run<V, N4, N2>(in args);
                break;
            case 2:
                ConvGradTile.Run<V, N2, N4>(in args);
                break;
            default:
                ConvGradTile.Run<V, N1, N4>(in args);
                break;
        }
    }
}
