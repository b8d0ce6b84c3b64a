using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>The gradient with respect to the bias: the sum over images and pixels.</summary>
internal unsafe struct ConvBiasGrad : IChunkBody
{
    private const int ChunkSize = 16 * 1024;

    private float* _gradient;
    private float* _bias;
    private int _images;
    private int _channels;
    private int _pixels;
    private int _perChunk;

    public static void Run(float* gradient, float* bias, int images, int channels, int pixels)
    {
        var perChannel = Math.Max(1, (long)images * pixels);
        var body = new ConvBiasGrad
        {
            _gradient = gradient,
            _bias = bias,
            _images = images,
            _channels = channels,
            _pixels = pixels,
            _perChunk = (int)Math.Max(1, ChunkSize / perChannel),
        };
        WorkerTeam.For((channels + body._perChunk - 1) / body._perChunk, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var end = Math.Min((chunk + 1) * _perChunk, _channels);
        for (var channel = chunk * _perChunk; channel < end; channel++)
        {
            var sum = 0.0;
            for (var image = 0; image < _images; image++)
            {
                var plane = ((image * (nint)_channels) + channel) * _pixels;
                sum += Sum(_gradient + plane, _pixels);
            }

            _bias[channel] = (float)sum;
        }
    }

    private static float Sum(float* numbers, int count)
    {
        var (a, b) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var i = 0;
        for (; i <= count - 16; i += 16)
        {
            a += Vector256.Load(numbers + i);
            b += Vector256.Load(numbers + i + 8);
        }

        var sum = Vector256.Sum(a + b);
        for (; i < count; i++)
        {
            sum += numbers[i];
        }

        return sum;
    }
}
