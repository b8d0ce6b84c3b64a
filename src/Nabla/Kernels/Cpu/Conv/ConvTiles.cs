namespace Nabla.Kernels.Cpu;

/// <summary>What a tile computes; see <see cref="ConvTiles"/>.</summary>
internal unsafe struct ConvTileArgs
{
    /// <summary>The tile's first target, as an address in the packed source.</summary>
    public float* Source;

    /// <summary>What each tap adds to the address.</summary>
    public nint* Offsets;

    /// <summary>The weights, [tap][row].</summary>
    public float* Weights;

    /// <summary>Runs of taps, so that taps that see only padding can be left out.</summary>
    public int Segments;

    /// <summary>Taps from the start of one run to the start of the next.</summary>
    public int SegmentStride;

    /// <summary>Taps in a run.</summary>
    public int Taps;

    /// <summary>What each row starts from.</summary>
    public float* Bias;

    public float* Target;

    public nint TargetRow;
}

/// <summary>
/// The convolution's inner loops: a tile of rows × vectors sums in registers,
/// target[row][v] = bias[row] + Σ over taps of weight[tap][row] · source[offset[tap] + v].
/// </summary>
/// <remarks>
/// Rows and vectors are chosen so that the sums, the vectors of a tap and one weight fill the
/// register file: 32 registers hold 8 × 3 or 6 × 4, 16 registers 6 × 2.
/// </remarks>
internal static unsafe class ConvTiles
{
    public const int MaxRows = 8;
    public const int MaxVectors = 4;

    /// <summary>How far a tile may read and write behind the last vector asked for.</summary>
    public const int MaxOverrun = 3;

    /// <summary>Rows of the largest tile: tiles never straddle a multiple of it.</summary>
    public static int RowMultiple<V>() where V : unmanaged, IConvVector<V> =>
        V.HasManyRegisters ? 8 : 6;

    /// <summary>The rows of the next tile when <paramref name="left"/> are left.</summary>
    public static int Rows<V>(int left) where V : unmanaged, IConvVector<V> => left switch
    {
        >= 8 when V.HasManyRegisters => 8,
        >= 6 => 6,
        >= 4 => 4,
        >= 2 => 2,
        _ => 1,
    };

    /// <summary>The vectors of the next tile when <paramref name="left"/> are left.</summary>
    public static int Vectors<V>(int rows, int left) where V : unmanaged, IConvVector<V> =>
        rows switch
        {
            8 => left == 4 || left < 3 ? 2 : 3,
            4 or 6 => V.HasManyRegisters && left >= 3 ? 4 : 2,
            _ => 4,
        };

    public static void Run<V>(int rows, int vectors, ref readonly ConvTileArgs args)
        where V : unmanaged, IConvVector<V>
    {
        switch (rows)
        {
            case 8 when vectors == 3:
                ConvTile.Run<V, N8, N3>(in args);
                break;
            case 8:
                ConvTile.Run<V, N8, N2>(in args);
                break;
            case 6 when vectors == 4:
                ConvTile.Run<V, N6, N4>(in args);
                break;
            case 6:
                ConvTile.Run<V, N6, N2>(in args);
                break;
            case 4 when vectors == 4:
                ConvTile.Run<V, N4, N4>(in args);
                break;
            case 4:
                ConvTile.Run<V, N4, N2>(in args);
                break;
            case 2:
                ConvTile.Run<V, N2, N4>(in args);
                break;
            default:
                ConvTile.Run<V, N1, N4>(in args);
                break;
        }
    }
}
