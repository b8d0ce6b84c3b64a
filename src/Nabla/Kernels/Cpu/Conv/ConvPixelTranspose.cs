using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>Transposes matrices of any size within one core, by blocks of registers; the last
/// block of a row or column overlaps the one before, so that nothing else is read or written.
/// </summary>
internal static unsafe class ConvPixelTranspose
{
    /// <summary>target[column][row] = source[row][column].</summary>
    /// <param name="source">Numbers of a row lie side by side.</param>
    /// <param name="sourceRow">From one row to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="target">Numbers of a column lie side by side.</param>
    /// <param name="targetRow">From one column's numbers to the next one's.</param>
    public static void Run<V>(
        float* source, nint sourceRow, int rows, int columns, float* target, nint targetRow)
        where V : unmanaged, IConvVector<V>
    {
        var least = Math.Min(rows, columns);
        if (V.Count >= 16 && least >= 16)
        {
            Blocks<ConvVector512>(source, sourceRow, rows, columns, target, targetRow);
        }
        else if (V.Count >= 8 && least >= 8)
        {
            Blocks<ConvVector256>(source, sourceRow, rows, columns, target, targetRow);
        }
        else if (least >= 4)
        {
            Blocks<ConvVector128>(source, sourceRow, rows, columns, target, targetRow);
        }
        else
        {
            Numbers(source, sourceRow, rows, columns, target, targetRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks<V>(
        float* source, nint sourceRow, int rows, int columns, float* target, nint targetRow)
        where V : unmanaged, IConvVector<V>
    {
        for (var i = 0; i < rows; i += V.Count)
        {
            var row = Math.Min(i, rows - V.Count);
            for (var j = 0; j < columns; j += V.Count)
            {
                var column = Math.Min(j, columns - V.Count);
                V.Transpose(
                    source + (row * sourceRow) + column, sourceRow,
                    target + (column * targetRow) + row, targetRow);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Numbers(
        float* source, nint sourceRow, int rows, int columns, float* target, nint targetRow)
    {
        for (var j = 0; j < columns; j++, target += targetRow)
        {
            for (var i = 0; i < rows; i++)
            {
                target[i] = source[(i * sourceRow) + j];
            }
        }
    }
}
