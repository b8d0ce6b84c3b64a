using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Adaptive average pooling of channels-last images: output i of n averages inputs ⌊i·size/n⌋ to
/// ⌈(i + 1)·size/n⌉. A chunk is a row of outputs and some channels.
/// </summary>
internal unsafe struct NhwcAveragePool<V> : IChunkBody where V : unmanaged, IF32Lanes<V>
{
    private const int ChannelsPerChunk = 256;

    private int _height;
    private int _width;
    private int _channels;
    private int _outHeight;
    private int _outWidth;
    private int _blocks;
    private float* _x;
    private float* _y;

    /// <summary>y (images, outHeight, outWidth, channels) from x (images, height, width,
    /// channels).</summary>
    public static void Run(
        float* x, float* y, int images, int height, int width, int channels, int outHeight,
        int outWidth)
    {
        var body = new NhwcAveragePool<V>
        {
            _height = height,
            _width = width,
            _channels = channels,
            _outHeight = outHeight,
            _outWidth = outWidth,
            _blocks = (channels + ChannelsPerChunk - 1) / ChannelsPerChunk,
            _x = x,
            _y = y,
        };
        WorkerTeam.For(images * outHeight * body._blocks, ref body);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int chunk)
    {
        nint first = chunk % _blocks * ChannelsPerChunk;
        var end = Math.Min(first + ChannelsPerChunk, _channels);
        chunk /= _blocks;
        var (top, bottom) = Window(chunk % _outHeight, _height, _outHeight);
        nint row = _width * (nint)_channels;
        var image = _x + (chunk / _outHeight * _height * row);
        var target = _y + (chunk * (nint)_outWidth * _channels);
        for (var j = 0; j < _outWidth; j++, target += _channels)
        {
            var (left, right) = Window(j, _width, _outWidth);
            var factor = V.Broadcast(1f / ((bottom - top) * (right - left)));
            for (var c = first; c < end; c += V.Count)
            {
                V sum = default;
                for (nint i = top; i < bottom; i++)
                {
                    var from = image + (i * row) + ((nint)left * _channels) + c;
                    for (var k = left; k < right; k++, from += _channels)
                    {
                        sum += NhwcLanes.Load<V>(from, _channels - c);
                    }
                }

                NhwcLanes.Store(sum * factor, target + c, _channels - c);
            }
        }
    }

    private static (int Start, int End) Window(int index, int size, int count) => (
        (int)((long)index * size / count), (int)((((index + 1) * (long)size) + count - 1) / count));
}
