using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class NhwcAveragePoolTests
{
    [Theory]
    [InlineData(2, 5, 7, 7, 1, 1)]
    [InlineData(1, 300, 7, 7, 1, 1)]
    [InlineData(2, 17, 9, 6, 4, 5)]
    [InlineData(1, 33, 3, 2, 7, 7)]
    [InlineData(3, 16, 7, 7, 7, 7)]
    public void EveryRegisterWidthAveragesItsWindows(
        int images, int channels, int height, int width, int outHeight, int outWidth)
    {
        var random = new Random(2);
        var x = new float[images * height * width * channels];
        foreach (ref var number in x.AsSpan())
        {
            number = random.NextSingle() - 0.5f;
        }

        Check<F32x4>();
        Check<F32x8>();
        Check<F32x16>();

        void Check<V>() where V : unmanaged, IF32Lanes<V>
        {
            if (!NhwcCase.IsSupported<V>())
            {
                return;
            }

            float[] y;
            fixed (float* from = x)
            {
                var source = (nint)from;
                y = NhwcCase.Guarded(
                    images * outHeight * outWidth * channels, to => NhwcAveragePool<V>.Run(
                        (float*)source, to, images, height, width, channels, outHeight,
                        outWidth));
            }

            for (var i = 0; i < y.Length; i++)
            {
                var (c, pixel) = (i % channels, i / channels);
                var (image, h, w) = (
                    pixel / outWidth / outHeight, pixel / outWidth % outHeight, pixel % outWidth);
                Assert.Equal(Average(image, c, h, w), y[i], 1e-6);
            }
        }

        double Average(int image, int c, int h, int w)
        {
            var (sum, count) = (0.0, 0);
            for (var i = h * height / outHeight; i * outHeight < (h + 1) * height; i++)
            {
                for (var j = w * width / outWidth; j * outWidth < (w + 1) * width; j++)
                {
                    sum += x[(((((image * height) + i) * width) + j) * channels) + c];
                    count++;
                }
            }

            return sum / count;
        }
    }
}
