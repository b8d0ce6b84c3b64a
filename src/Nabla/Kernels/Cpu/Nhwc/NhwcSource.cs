using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>Copies rows of an image to where a convolution's taps need no bounds.</summary>
internal static unsafe class NhwcSource
{
    /// <summary>
    /// Copies pixels <paramref name="pitch"/> numbers apart, from <paramref name="row"/> and
    /// <paramref name="column"/> on, which may lie outside of the image: zeros are put there.
    /// </summary>
    /// <param name="image">(H, W, C), or (C, H, W) with <paramref name="channelsFirst"/>.</param>
    /// <param name="s">The sizes.</param>
    /// <param name="channelsFirst">How the image lies.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="column">The first column.</param>
    /// <param name="columns">How many.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="pitch">At least C.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(
        float* image,
        in Conv2dShape s,
        bool channelsFirst,
        int row,
        int rows,
        int column,
        int columns,
        float* to,
        int pitch)
    {
        var left = Math.Clamp(-column, 0, columns);
        var count = Math.Clamp(s.W - column, left, columns) - left;
        var line = (nint)columns * pitch;
        for (var i = row; i < row + rows; i++, to += line)
        {
            if (i < 0 || i >= s.H)
            {
                Clear(to, line);
                continue;
            }

            var inside = to + ((nint)left * pitch);
            Clear(to, (nint)left * pitch);
            Clear(inside + ((nint)count * pitch), (nint)(columns - left - count) * pitch);
            if (channelsFirst)
            {
                Interleave(
                    image + (i * (nint)s.W) + column + left, (nint)s.H * s.W, s.C, count, inside,
                    pitch);
            }
            else
            {
                Spread(
                    image + (((i * (nint)s.W) + column + left) * s.C), s.C, count, inside, pitch);
            }
        }
    }

    /// <summary>Copies pixels that lie side by side to pixels that are further apart.</summary>
    public static void Spread(float* from, int channels, nint count, float* to, int pitch)
    {
        if (channels == pitch)
        {
            var bytes = count * pitch * sizeof(float);
            Buffer.MemoryCopy(from, to, bytes, bytes);
            return;
        }

        for (nint i = 0; i < count; i++, from += channels, to += pitch)
        {
            Buffer.MemoryCopy(from, to, pitch * sizeof(float), channels * sizeof(float));
        }
    }

    /// <summary>Copies the pixels that a strided 1 × 1 window reads, side by side.</summary>
    /// <param name="images">(N, H, W, C).</param>
    /// <param name="s">The sizes.</param>
    /// <param name="pixel">The first, of all outputs.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="pitch">At least C.</param>
    public static void Gather(
        float* images, in Conv2dShape s, nint pixel, nint count, float* to, int pitch)
    {
        for (var end = pixel + count; pixel < end; pixel++, to += pitch)
        {
            var (line, column) = (pixel / s.OutW, pixel % s.OutW);
            var (image, row) = (line / s.OutH, line % s.OutH);
            var at = (((image * s.H) + (row * s.StrideH)) * s.W) + (column * s.StrideW);
            Buffer.MemoryCopy(
                images + (at * s.C), to, pitch * sizeof(float), s.C * sizeof(float));
        }
    }

    /// <summary>Copies pixels from a plane a channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave(
        float* from, nint plane, int channels, int count, float* to, int pitch)
    {
        if (channels == 3 && pitch == 3)
        {
            InterleaveThree(from, plane, count, to);
            return;
        }

        for (var c = 0; c < channels; c++, from += plane)
        {
            for (var j = 0; j < count; j++)
            {
                to[(j * (nint)pitch) + c] = from[j];
            }
        }
    }

    /// <summary>Colours: four pixels of three planes are three registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InterleaveThree(float* from, nint plane, int count, float* to)
    {
        var second = from + plane;
        var third = second + plane;
        var j = 0;
        for (; Sse.IsSupported && j + 4 <= count; j += 4, to += 12)
        {
            var (r, g, b) = (
                Vector128.Load(from + j), Vector128.Load(second + j), Vector128.Load(third + j));
            var low = Sse.UnpackLow(r, g);
            var high = Sse.UnpackHigh(r, g);
            Sse.Shuffle(low, Sse.Shuffle(b, r, 0x50), 0x84).Store(to);
            Sse.Shuffle(Sse.Shuffle(g, b, 0x55), high, 0x48).Store(to + 4);
            Sse.Shuffle(Sse.Shuffle(b, r, 0xFA), Sse.Shuffle(g, b, 0xFF), 0x88).Store(to + 8);
        }

        for (; j < count; j++, to += 3)
        {
            to[0] = from[j];
            to[1] = second[j];
            to[2] = third[j];
        }
    }

    private static void Clear(float* to, nint count)
    {
        if (count > 0)
        {
            new Span<float>(to, checked((int)count)).Clear();
        }
    }
}
