namespace Nabla.Kernels.Cpu;

/// <summary>What the tiles of a <see cref="ConvPlan"/> look up, the same for all images.</summary>
internal static unsafe class ConvTables
{
    /// <summary>
    /// Writes the taps' offsets, phase after phase, and which taps each row and each column of
    /// targets needs.
    /// </summary>
    /// <param name="plan">The geometry.</param>
    /// <param name="lanes">Numbers a pixel: the images of a plane.</param>
    /// <param name="offsets">Room for <see cref="ConvPlan.AllTaps"/>.</param>
    /// <param name="usefulH">Room for a range a row of targets.</param>
    /// <param name="usefulW">Room for a range a column of targets.</param>
    public static void Write(
        in ConvPlan plan, int lanes, nint* offsets, ConvTapRange* usefulH, ConvTapRange* usefulW)
    {
        for (var phaseH = 0; phaseH < plan.H.TargetStep; phaseH++)
        {
            usefulH = WriteUseful(plan.H, phaseH, usefulH);
            for (var phaseW = 0; phaseW < plan.W.TargetStep; phaseW++)
            {
                offsets += plan.WriteOffsets(phaseH, phaseW, lanes, offsets);
            }
        }

        for (var phaseW = 0; phaseW < plan.W.TargetStep; phaseW++)
        {
            usefulW = WriteUseful(plan.W, phaseW, usefulW);
        }
    }

    private static ConvTapRange* WriteUseful(ConvAxis axis, int phase, ConvTapRange* useful)
    {
        for (var i = 0; i < axis.Count(phase); i++)
        {
            *useful++ = axis.Useful(phase, i);
        }

        return useful;
    }
}
