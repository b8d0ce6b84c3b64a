using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class NhwcMaxPoolTests
{
    [Theory]
    [MemberData(nameof(PoolCases.All), MemberType = typeof(PoolCases))]
    public void EveryRegisterWidthGivesTheMaximaOfThePlanes(
        int planes, int height, int width, int kernel, int stride, int pad, int dilation,
        bool ceilMode)
    {
        var w = PoolCases.Square(height, width, kernel, stride, pad, dilation, ceilMode);
        foreach (var images in new[] { 1, planes })
        {
            Check<F32x4>(w, images, planes);
            Check<F32x8>(w, images, planes);
            Check<F32x16>(w, images, planes + 16);
        }
    }

    private static void Check<V>(PoolWindow w, int images, int channels)
        where V : unmanaged, IF32Lanes<V>
    {
        if (!NhwcCase.IsSupported<V>())
        {
            return;
        }

        var random = new Random(3);
        var x = new float[images * channels * w.Height * w.Width];
        foreach (ref var number in x.AsSpan())
        {
            number = random.Next(20) == 0 ? float.NaN : random.NextSingle() - 0.5f;
        }

        var expected = new float[images * channels * w.OutHeight * w.OutWidth];
        fixed (float* from = x, to = expected)
        {
            PoolMax.Forward(from, to, null, images * channels, w);
        }

        fixed (float* from = NhwcCase.Last(x, images, channels))
        {
            var source = (nint)from;
            Assert.Equal(
                NhwcCase.Last(expected, images, channels),
                NhwcCase.Guarded(expected.Length, y => NhwcMaxPool<V>.Run(
                    (float*)source, y, images, channels, in w)));
        }
    }
}
