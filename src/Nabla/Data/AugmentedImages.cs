using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Data;

/// <summary>
/// Images that are shifted, turned and scaled a little at random, anew in each epoch: the first
/// tensor of every sample, float32 (C, H, W); the others stay. What a sample becomes depends on
/// (seed, epoch, sample) only. Pixels from outside are 0; those between are interpolated linearly.
/// </summary>
public sealed class AugmentedImages : Dataset
{
    private const ulong Stream = 0x6175676D;

    private readonly Dataset _data;
    private readonly double _shift;
    private readonly double _turn;
    private readonly double _scale;

    /// <summary>Augments a data set.</summary>
    /// <param name="data">The images.</param>
    /// <param name="shift">The largest shift, in pixels.</param>
    /// <param name="turn">The largest turn, in degrees.</param>
    /// <param name="scale">The largest relative change of size, 0 … below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or too large.</exception>
    public AugmentedImages(Dataset data, double shift = 1, double turn = 10, double scale = 0.1)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!(shift >= 0) || !(turn >= 0) || scale is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(shift), "AugmentedImages: shift and turn "
                + $"are 0 or more and scale 0 to below 1, but got {shift}, {turn} and {scale}");
        }
        (_data, _shift, _turn, _scale) = (data, shift, turn * Math.PI / 180, scale);
    }

    /// <inheritdoc/>
    public override int Count => _data.Count;

    /// <summary>One sample, as it is.</summary>
    /// <inheritdoc/>
    public override Tensor[] this[int index] => _data[index];

    /// <summary>Several samples, as they are.</summary>
    /// <inheritdoc/>
    public override Tensor[] Batch(ReadOnlySpan<int> indices) => _data.Batch(indices);

    /// <inheritdoc/>
    public override unsafe Tensor[] Batch(ReadOnlySpan<int> indices, SampleKey key)
    {
        var batch = _data.Batch(indices, key);
        var from = batch[0];
        if (from.Rank != 4 || from.DType != DType.Float32)
        {
            throw new ArgumentException("AugmentedImages expects images float32 (N, C, H, W) but "
                + $"got {from.DType.Name} {from.Shape}");
        }
        var into = Tensor.Empty(from.Shape);
        var (channels, height, width) = (from.Shape[1], from.Shape[2], from.Shape[3]);
        var size = (long)height * width;
        for (var i = 0; i < indices.Length; i++)
        {
            var map = Draw(key, indices[i]);
            for (var c = 0; c < channels; c++)
            {
                var offset = ((i * channels) + c) * size;
                Warp(map, (float*)from.Pointer + offset, (float*)into.Pointer + offset,
                    height, width);
            }
        }
        GC.KeepAlive(from);
        GC.KeepAlive(into);
        return [into, .. batch[1..]];
    }

    private unsafe Map Draw(SampleKey key, int index)
    {
        var u = stackalloc float[4];
        RandomKernels.Uniform(
            u, 4, new PhiloxKey(key.Seed, Stream, (uint)key.Epoch, (uint)index));
        var angle = _turn * ((2 * u[2]) - 1);
        var scale = 1 / (1 + (_scale * ((2 * u[3]) - 1)));
        return new Map(
            (float)(scale * Math.Cos(angle)), (float)(scale * Math.Sin(angle)),
            (float)(_shift * ((2 * u[0]) - 1)), (float)(_shift * ((2 * u[1]) - 1)));
    }

    private static unsafe void Warp(in Map map, float* from, float* into, int height, int width)
    {
        var (middleX, middleY) = ((width - 1) / 2f, (height - 1) / 2f);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (dx, dy) = (x - middleX - map.ShiftX, y - middleY - map.ShiftY);
                *into++ = Sample(from, height, width,
                    (map.Cos * dx) - (map.Sin * dy) + middleX,
                    (map.Sin * dx) + (map.Cos * dy) + middleY);
            }
        }
    }

    private static unsafe float Sample(float* image, int height, int width, float x, float y)
    {
        var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (fx, fy) = (x - left, y - top);
        var upper = (At(image, height, width, left, top) * (1 - fx))
            + (At(image, height, width, left + 1, top) * fx);
        var lower = (At(image, height, width, left, top + 1) * (1 - fx))
            + (At(image, height, width, left + 1, top + 1) * fx);
        return (upper * (1 - fy)) + (lower * fy);
    }

    private static unsafe float At(float* image, int height, int width, int x, int y) =>
        (uint)x < (uint)width && (uint)y < (uint)height ? image[(y * width) + x] : 0;

    /// <summary>Where an output pixel comes from.</summary>
    private readonly record struct Map(float Cos, float Sin, float ShiftX, float ShiftY);
}
