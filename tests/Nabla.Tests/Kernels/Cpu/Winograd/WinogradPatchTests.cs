using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradPatchTests
{
    [Theory]
    [InlineData(16, 9, 20, -1, -1, 6, 18)]
    [InlineData(20, 7, 7, 3, 3, 6, 6)]
    [InlineData(5, 40, 33, -2, 28, 10, 10)]
    [InlineData(16, 8, 16, 0, 0, 8, 16)]
    public void LoadPutsOneChannelALaneAndZerosOutside(
        int channels, int height, int width, int top, int left, int rows, int columns)
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

            var image = Numbers(channels * height * width);
            var patch = new float[rows * columns * V.Count];
            Array.Fill(patch, float.NaN);
            fixed (float* x = image, to = patch)
            {
                var part = Part(x, image.Length, channels, height, width, top, left, rows, columns);
                part.Clear<V>(to);
                for (var c = 0; c < channels; c += V.Count)
                {
                    part.Load<V>(c, to);
                    AssertPatch(c);
                }
            }

            void AssertPatch(int c)
            {
                for (var i = 0; i < patch.Length; i++)
                {
                    var (row, column) =
                        ((i / V.Count / columns) + top, (i / V.Count % columns) + left);
                    var channel = c + (i % V.Count);
                    if (channel < channels)
                    {
                        var inside = row >= 0 && row < height && column >= 0 && column < width;
                        var expected = inside
                            ? image[(((channel * height) + row) * width) + column]
                            : 0;
                        Assert.Equal(expected, patch[i]);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(16, 9, 20, 4, 0, 8, 20)]
    [InlineData(20, 7, 7, 4, 4, 4, 4)]
    [InlineData(3, 40, 33, 0, 12, 8, 24)]
    public void StoreWritesWhatLiesWithinWithItsEpilogue(
        int channels, int height, int width, int top, int left, int rows, int columns)
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

            var image = new float[channels * height * width];
            var residual = Numbers(image.Length);
            var patch = Numbers(((rows * columns) + V.Count) * V.Count);
            var bias = Numbers(channels);
            fixed (float* x = image, from = patch, b = bias, r = residual)
            {
                var part = Part(x, image.Length, channels, height, width, top, left, rows, columns);
                var epilogue = new ConvEpilogue
                {
                    Bias = b,
                    Residual = r,
                    Activation = ConvActivation.Clamp,
                    Min = 0,
                    Max = 3000,
                };
                for (var c = 0; c < channels; c += V.Count)
                {
                    part.Store<V>(c, from, x, epilogue);
                }
            }

            for (var i = 0; i < image.Length; i++)
            {
                var (c, row, column) =
                    (i / width / height, (i / width % height) - top, (i % width) - left);
                var inside = row >= 0 && row < rows && column >= 0 && column < columns;
                var expected = inside
                    ? Math.Min(
                        3000,
                        patch[(((row * columns) + column) * V.Count) + (c % V.Count)] + bias[c]
                            + residual[i])
                    : 0;
                Assert.Equal(expected, image[i]);
            }
        }
    }

    private static WinogradPatch Part(float* image, int count, int channels, int height, int width,
        int top, int left, int rows, int columns) => new()
        {
            Image = image,
            End = image + count,
            Channels = channels,
            Height = height,
            Width = width,
            Top = top,
            Left = left,
            Rows = rows,
            Columns = columns,
        };

    private static float[] Numbers(int count) =>
        [.. Enumerable.Range(1, count).Select(i => (float)i)];
}
