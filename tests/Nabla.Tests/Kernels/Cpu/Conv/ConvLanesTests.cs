using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvLanesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(5, 3)]
    [InlineData(3, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 21)]
    public void PackedPlanesHoldAnImageALane(int height, int width)
    {
        Check<ConvVector128>(height, width);
        Check<ConvVector256>(height, width);
        Check<ConvVector512>(height, width);

        static void Check<V>(int height, int width) where V : unmanaged, IConvVector<V>
        {
            if (!ConvVectors.IsSupported<V>())
            {
                return;
            }

            foreach (var (images, pad) in new[] { (V.Count, 1), (V.Count, 0), (3, 1), (3, 0) })
            {
                PackAndUnpack<V>(images, height, width, pad);
            }
        }
    }

    private static void PackAndUnpack<V>(int images, int height, int width, int pad)
        where V : unmanaged, IConvVector<V>
    {
        var plan = ConvPlan.Forward(
            new(images, 2, height, width, 1, 1, 1, 1, 1, pad, pad, 1, 1, 1));
        var size = 2 * height * width;
        var source = new float[images * size];
        for (var i = 0; i < source.Length; i++)
        {
            source[i] = i + 1;
        }

        var planes = new float[plan.PlanesSize * V.Count];
        var back = new float[source.Length];
        fixed (float* from = source, to = planes, last = back)
        {
            ConvLanes.Pack<V>(in plan, from, size, images, to);
            if (pad == 0)
            {
                ConvLanes.Unpack<V>(to, size, last, size, images);
                Assert.Equal(source, back);
            }
        }

        for (var i = 0; i < planes.Length; i++)
        {
            var (lane, pixel) = (i % V.Count, i / V.Count);
            var h = (pixel / plan.W.Plane % plan.H.Plane) - pad;
            var w = (pixel % plan.W.Plane) - pad;
            var inside = lane < images && h >= 0 && h < height && w >= 0 && w < width;
            var at = (lane * size) + (((pixel / plan.PlaneSize * height) + h) * width) + w;
            Assert.Equal(inside ? at + 1 : 0, planes[i]);
        }
    }
}
