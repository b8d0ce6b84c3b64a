using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>A line applied to both axes of a square: target = L · source · Lᵀ, lane by lane.
/// </summary>
internal static unsafe class WinogradTransform
{
    private const int MaxLanes = 16;

    /// <summary>Maps From × From registers to To × To registers.</summary>
    /// <param name="source">The first register.</param>
    /// <param name="sourceRow">Numbers from one row of the source to the next.</param>
    /// <param name="sourceColumn">Numbers from one column to the next.</param>
    /// <param name="target">Where the first register goes.</param>
    /// <param name="targetRow">Numbers from one row of the target to the next.</param>
    /// <param name="targetColumn">Numbers from one column to the next.</param>
    /// <param name="half">Room for <see cref="HalfSize"/> numbers in between.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V, TLine>(
        float* source,
        nint sourceRow,
        nint sourceColumn,
        float* target,
        nint targetRow,
        nint targetColumn,
        float* half)
        where V : unmanaged, IConvVector<V>
        where TLine : struct, IWinogradLine
    {
        for (nint j = 0; j < TLine.From; j++)
        {
            TLine.Run<V>(
                source + (j * sourceColumn), sourceRow, half + (j * V.Count),
                TLine.From * V.Count);
        }

        for (nint i = 0; i < TLine.To; i++)
        {
            TLine.Run<V>(
                half + (i * TLine.From * V.Count), V.Count, target + (i * targetRow),
                targetColumn);
        }
    }

    /// <summary>Numbers that <c>half</c> needs room for.</summary>
    public const int HalfSize = WinogradPoints.Products * MaxLanes;
}
