using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class DepthwisePlaneTests
{
    public static TheoryData<Conv2dShape> Shapes => DepthwiseCases.Shapes;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PackIsThatOfTheGeneralPlanes(Conv2dShape shape)
    {
        Check(ConvPlan.Forward(in shape));
        Check(ConvPlan.Backward(in shape));

        static void Check(in ConvPlan plan)
        {
            var source = Enumerable.Range(1, plan.SourceSize).Select(i => (float)i).ToArray();
            var expected = new float[plan.PlanesSize];
            var actual = new float[plan.PlanesSize];
            var tables = new nint[DepthwisePlane.Room(in plan)];
            fixed (float* from = source, general = expected, to = actual)
            fixed (nint* room = tables)
            {
                ConvPlanes.Pack(in plan, from, general);
                new DepthwisePlane(in plan, room).Pack(from, plan.H.Source, to, from);
            }

            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData(8, 8, 1, 28, 4, true)]
    [InlineData(8, 16, 1, 28, 4, false)]
    [InlineData(1, 1, 1, 28, 4, false)]
    [InlineData(8, 8, 1, 4, 40, false)]
    [InlineData(8, 8, 1, 4, 4, true)]
    [InlineData(8, 8, 2, 4, 40, true)]
    [InlineData(8, 8, 1, 2000, 4, false)]
    public void ItSuitsChannelsByThemselves(
        int channels, int outputs, int stride, int size, int images, bool suits)
    {
        var shape = new Conv2dShape(
            images, channels, size, size, outputs, 3, 3, stride, stride, 1, 1, 1, 1, channels);
        var plan = ConvPlan.Forward(in shape);
        Assert.Equal(suits, DepthwisePlane.Suits(in plan, images, 16));
    }
}
