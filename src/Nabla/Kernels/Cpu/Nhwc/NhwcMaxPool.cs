using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>Maximum pooling of channels-last images; NaN wins. A chunk is a row of outputs.
/// </summary>
internal unsafe struct NhwcMaxPool<V> : IChunkBody where V : unmanaged, IF32Lanes<V>
{
    private PoolWindow _window;
    private int _channels;
    private float* _x;
    private float* _y;

    /// <summary>y (N, OH, OW, C) from x (N, H, W, C).</summary>
    public static void Run(float* x, float* y, int images, int channels, in PoolWindow window)
    {
        var body = new NhwcMaxPool<V> { _window = window, _channels = channels, _x = x, _y = y };
        WorkerTeam.For(images * window.OutHeight, ref body);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int chunk)
    {
        var w = _window;
        var image = chunk / w.OutHeight;
        var top = (chunk % w.OutHeight * w.StrideHeight) - w.PadHeight;
        using var lease = Scratch.Rent<nint>(w.KernelHeight * w.KernelWidth);
        var taps = (nint*)lease.Pointer;
        var source = _x + (image * (nint)w.Height * w.Width * _channels);
        var target = _y + (chunk * (nint)w.OutWidth * _channels);
        for (var j = 0; j < w.OutWidth; j++, target += _channels)
        {
            var count = Taps(top, (j * w.StrideWidth) - w.PadWidth, taps);
            for (nint c = 0; c < _channels; c += V.Count)
            {
                var max = V.Lowest;
                for (var tap = 0; tap < count; tap++)
                {
                    max = V.Max(
                        max, NhwcLanes.Load<V>(source + taps[tap] + c, _channels - c));
                }

                NhwcLanes.Store(max, target + c, _channels - c);
            }
        }
    }

    /// <summary>Writes where the window's pixels inside of the image lie.</summary>
    private readonly int Taps(int top, int left, nint* taps)
    {
        var count = 0;
        for (var r = 0; r < _window.KernelHeight; r++)
        {
            var row = top + (r * _window.DilationHeight);
            for (var s = 0; s < _window.KernelWidth; s++)
            {
                var column = left + (s * _window.DilationWidth);
                if (row >= 0 && row < _window.Height && column >= 0 && column < _window.Width)
                {
                    taps[count++] = ((row * (nint)_window.Width) + column) * _channels;
                }
            }
        }

        return count;
    }
}
