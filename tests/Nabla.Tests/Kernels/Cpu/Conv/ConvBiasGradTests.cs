using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class ConvBiasGradTests
{
    [Theory]
    [InlineData(0, 3, 5)]
    [InlineData(4, 3, 0)]
    [InlineData(2, 300, 7)]
    [InlineData(5, 6, 100)]
    [InlineData(300, 2, 49)]
    public void EachChannelIsSummedOverImagesAndPixels(int images, int channels, int pixels)
    {
        var gradient = new float[images * channels * pixels];
        var expected = new double[channels];
        var random = new Random(1);
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = random.NextSingle();
            expected[i / pixels % channels] += gradient[i];
        }

        var bias = new float[channels];
        fixed (float* from = gradient, to = bias)
        {
            ConvBiasGrad.Run(from, to, images, channels, pixels);
        }

        Conv2dCase.AssertClose(expected, bias, "bias");
    }
}
