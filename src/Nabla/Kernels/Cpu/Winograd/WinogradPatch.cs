using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Moves a rectangle of images to a patch [row][column][lane], one channel a lane, and back.
/// </summary>
/// <remarks>What lies outside of the image is 0 in the patch, and does not come back.</remarks>
internal unsafe struct WinogradPatch
{
    private const int MaxLanes = 16;

    /// <summary>The first number of an image's first channel.</summary>
    public required float* Image { get; init; }

    /// <summary>One past the last number of the tensor, which whole registers must not pass.
    /// </summary>
    public required float* End { get; init; }

    public required int Channels { get; init; }

    /// <summary>Images are (H, W, C); their channels fill whole registers.</summary>
    public bool ChannelsLast { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    /// <summary>Where the rectangle starts; may lie outside.</summary>
    public required int Top { get; init; }

    public required int Left { get; init; }

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    private readonly nint Plane => Height * (nint)Width;

    /// <summary>Zeroes a patch, once for all blocks of channels that pass through it.</summary>
    public readonly void Clear<V>(float* patch) where V : unmanaged, IConvVector<V>
    {
        if (Top < 0 || Left < 0 || Top + Rows > Height || Left + Columns > Width
            || Channels % V.Count != 0)
        {
            new Span<float>(patch, Rows * Columns * V.Count).Clear();
        }
    }

    /// <summary>Fills a cleared patch with channels <paramref name="first"/> and on.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Load<V>(int first, float* patch) where V : unmanaged, IConvVector<V>
    {
        if (ChannelsLast)
        {
            WinogradPixels.Load<V>(in this, first, patch);
            return;
        }

        var block = stackalloc float[MaxLanes * MaxLanes];
        var lanes = Math.Min(V.Count, Channels - first);
        var left = Math.Max(Left, 0);
        var count = Math.Min(Left + Columns, Width) - left;
        var end = Math.Min(Top + Rows, Height);
        for (var row = Math.Max(Top, 0); row < end; row++)
        {
            var source = Image + (first * Plane) + (row * (nint)Width) + left;
            var to = patch + ((((row - Top) * (nint)Columns) + left - Left) * V.Count);
            for (var j = 0; j < count; j += V.Count)
            {
                var pixels = Math.Min(V.Count, count - j);
                var fits = lanes == V.Count
                    && source + j + ((V.Count - 1) * Plane) + V.Count <= End;
                if (fits && pixels == V.Count)
                {
                    V.Transpose(source + j, Plane, to, V.Count);
                }
                else if (fits)
                {
                    V.Transpose(source + j, Plane, block, V.Count);
                    for (var i = 0; i < pixels; i++)
                    {
                        V.Store(V.Load(block + (i * V.Count)), to + (i * V.Count));
                    }
                }
                else
                {
                    for (var c = 0; c < lanes; c++)
                    {
                        for (var i = 0; i < pixels; i++)
                        {
                            to[(i * V.Count) + c] = source[(c * Plane) + j + i];
                        }
                    }
                }

                to += pixels * V.Count;
            }
        }
    }

    /// <summary>Takes channels <paramref name="first"/> and on from a patch to the image.
    /// </summary>
    /// <param name="first">The first channel.</param>
    /// <param name="patch">Where its pixels are.</param>
    /// <param name="images">The first number of all images.</param>
    /// <param name="epilogue">What is done on the way.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Store<V>(
        int first, float* patch, float* images, in ConvEpilogue epilogue)
        where V : unmanaged, IConvVector<V>
    {
        if (ChannelsLast)
        {
            WinogradPixels.Store<V>(in this, first, patch, images, in epilogue);
            return;
        }

        var block = stackalloc float[MaxLanes * MaxLanes];
        var bias = epilogue.Bias == null ? null : epilogue.Bias + first;
        var lanes = Math.Min(V.Count, Channels - first);
        var count = Math.Min(Columns, Width - Left);
        var end = Math.Min(Top + Rows, Height);
        for (var row = Top; row < end; row++)
        {
            var target = Image + (first * Plane) + (row * (nint)Width) + Left;
            var from = patch + ((row - Top) * (nint)Columns * V.Count);
            for (var j = 0; j < count; j += V.Count)
            {
                var pixels = Math.Min(V.Count, count - j);
                V.Transpose(from + (j * V.Count), V.Count, block, V.Count);
                for (var c = 0; c < lanes; c++)
                {
                    var to = target + (c * Plane) + j;
                    var x = V.Load(block + (c * V.Count));
                    if (bias != null)
                    {
                        x += V.Broadcast(bias[c]);
                    }

                    if (pixels == V.Count)
                    {
                        V.Store(x, to);
                        continue;
                    }

                    V.Store(x, block + (c * V.Count));
                    for (var i = 0; i < pixels; i++)
                    {
                        to[i] = block[(c * V.Count) + i];
                    }
                }
            }

            for (var c = 0; c < lanes && epilogue.HasFinish; c++)
            {
                epilogue.Finish(images, (nint)(target - images) + (c * Plane), count);
            }
        }
    }
}
