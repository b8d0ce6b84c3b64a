using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class WinogradPixelsTests
{
    [Theory]
    [InlineData(-1, -1, 6, 10)]
    [InlineData(2, 3, 4, 8)]
    [InlineData(4, 0, 2, 3)]
    public void APatchHoldsWhatLiesInsideAndGivesItBack(int top, int left, int rows, int columns)
    {
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (!ConvVectors.IsSupported<V>())
            {
                return;
            }

            const int height = 5, width = 7;
            var channels = 3 * V.Count;
            var image = Enumerable.Range(1, height * width * channels).Select(i => (float)i)
                .ToArray();
            var back = new float[image.Length];
            var patch = new float[rows * columns * V.Count];
            fixed (float* from = image, to = back, p = patch, bias = image, residual = image)
            {
                Part(from).Load<V>(V.Count, p);
                if (top >= 0)
                {
                    Part(to).Store<V>(V.Count, p, to, new ConvEpilogue
                    {
                        Bias = bias,
                        Residual = residual,
                        Activation = ConvActivation.Clamp,
                        Max = 1000,
                    });
                }
            }

            for (var i = 0; i < patch.Length; i++)
            {
                var (lane, pixel) = (i % V.Count, i / V.Count);
                var (row, column) = (top + (pixel / columns), left + (pixel % columns));
                var inside = row is >= 0 and < height && column is >= 0 and < width;
                var at = (((row * width) + column) * channels) + V.Count + lane;
                Assert.Equal(inside ? image[at] : 0, patch[i]);
                if (inside && top >= 0)
                {
                    Assert.Equal(
                        Math.Min(1000, (2 * image[at]) + image[V.Count + lane]), back[at]);
                }
            }

            WinogradPatch Part(float* images) => new()
            {
                Image = images,
                End = images + image.Length,
                Channels = channels,
                ChannelsLast = true,
                Height = height,
                Width = width,
                Top = top,
                Left = left,
                Rows = rows,
                Columns = columns,
            };
        }
    }
}
