using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>A part of a parameter: some rows of it, and where their gradient lies. Distances are in
/// bytes.</summary>
internal unsafe struct UpdateTile
{
    /// <summary>From the parameter's first number to the part's.</summary>
    public nint At;

    /// <summary>From a row to the next one.</summary>
    public nint Row;

    /// <summary>The part's gradient.</summary>
    public byte* Gradient;

    /// <summary>From a row of the gradient to the next one.</summary>
    public nint GradientRow;

    /// <summary>How many rows.</summary>
    public int Rows;

    /// <summary>Numbers of a row.</summary>
    public nint Columns;

    /// <summary>How far behind each row to ask memory for what will be updated soon; or 0.
    /// </summary>
    public nint Ahead;

    /// <summary>Goes to the next row, if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next()
    {
        At += Row;
        Gradient += GradientRow;
        return --Rows > 0;
    }

    /// <summary>Asks for the numbers of an array of the parameter's shape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Ask<V>(byte* array) where V : unmanaged, ILanes<V>
    {
        if (Ahead != 0 && Sse.IsSupported)
        {
            var from = array + At + Ahead;
            for (nint n = 0; n < Columns; n += 64 / LaneWork.Size<V>())
            {
                Sse.Prefetch0(from + (n * LaneWork.Size<V>()));
            }
        }
    }
}
