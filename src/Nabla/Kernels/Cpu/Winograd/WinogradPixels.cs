using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Moves a rectangle of channels-last images to a patch [row][column][lane] and back, for channels
/// that fill whole registers.
/// </summary>
internal static unsafe class WinogradPixels
{
    /// <summary>Fills a cleared patch with channels <paramref name="first"/> and on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load<V>(in WinogradPatch part, int first, float* patch)
        where V : unmanaged, IConvVector<V>
    {
        var left = Math.Max(part.Left, 0);
        var count = Math.Min(part.Left + part.Columns, part.Width) - left;
        var end = Math.Min(part.Top + part.Rows, part.Height);
        nint step = part.Channels;
        for (var row = Math.Max(part.Top, 0); row < end; row++)
        {
            var from = part.Image + (((row * (nint)part.Width) + left) * step) + first;
            var to = patch
                + ((((row - part.Top) * (nint)part.Columns) + left - part.Left) * V.Count);
            for (var j = 0; j < count; j++, from += step, to += V.Count)
            {
                V.Store(V.Load(from), to);
            }
        }
    }

    /// <summary>Takes channels <paramref name="first"/> and on from a patch to the image.
    /// </summary>
    /// <param name="part">The rectangle.</param>
    /// <param name="first">The first channel.</param>
    /// <param name="patch">Where its pixels are.</param>
    /// <param name="images">The first number of all images.</param>
    /// <param name="epilogue">What is done on the way.</param>
    public static void Store<V>(
        in WinogradPatch part, int first, float* patch, float* images, in ConvEpilogue epilogue)
        where V : unmanaged, IConvVector<V>
    {
        if (V.Count == 16)
        {
            StoreLanes<F32x16>(in part, first, patch, images, in epilogue);
        }
        else if (V.Count == 8)
        {
            StoreLanes<F32x8>(in part, first, patch, images, in epilogue);
        }
        else
        {
            StoreLanes<F32x4>(in part, first, patch, images, in epilogue);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreLanes<V>(
        in WinogradPatch part, int first, float* patch, float* images, in ConvEpilogue epilogue)
        where V : unmanaged, IF32Lanes<V>
    {
        var bias = epilogue.Bias == null ? default : V.Load(epilogue.Bias + first);
        var (least, greatest) = epilogue.Bounds;
        var (min, max) = (V.Broadcast(least), V.Broadcast(greatest));
        var count = Math.Min(part.Columns, part.Width - part.Left);
        var end = Math.Min(part.Top + part.Rows, part.Height);
        nint step = part.Channels;
        for (var row = part.Top; row < end; row++)
        {
            var to = part.Image + (((row * (nint)part.Width) + part.Left) * step) + first;
            var from = patch + ((row - part.Top) * (nint)part.Columns * V.Count);
            var residual = epilogue.Residual == null
                ? null
                : epilogue.Residual + (nint)(to - images);
            for (var j = 0; j < count; j++, from += V.Count, to += step)
            {
                var x = V.Load(from) + bias;
                if (residual != null)
                {
                    x += V.Load(residual);
                    residual += step;
                }

                V.Store(ConvEpilogue.Clamp(x, min, max), to);
            }
        }
    }
}
