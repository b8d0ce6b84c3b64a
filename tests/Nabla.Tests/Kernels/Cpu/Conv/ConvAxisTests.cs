using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvAxisTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void ForwardTapsReadTheDefinitionsInput(int stride) =>
        ForAllSizes(stride, CheckForward);

    private static void CheckForward(int size, int taps, int stride, int pad, int dilation)
    {
        var output = Outputs(size, taps, stride, pad, dilation);
        var axis = ConvAxis.Forward(size, output, taps, stride, pad, dilation);
        for (var i = 0; i < output; i++)
        {
            for (var r = 0; r < taps; r++)
            {
                var index = i + axis.Shift(0, r);
                Assert.InRange(index, 0, axis.Plane - 1);
                Assert.Equal(
                    (i * stride) + (r * dilation) - pad, axis.SourceOf(axis.Phase(r), index));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void BackwardTapsReadTheOutputsThatTheInputReached(int stride) =>
        ForAllSizes(stride, CheckBackward);

    private static void CheckBackward(int size, int taps, int stride, int pad, int dilation)
    {
        var output = Outputs(size, taps, stride, pad, dilation);
        var axis = ConvAxis.Backward(size, output, taps, stride, pad, dilation);
        var seen = new int[size];
        for (var phase = 0; phase < stride; phase++)
        {
            for (var i = 0; i < axis.Count(phase); i++)
            {
                var target = axis.Start(phase) + (i * stride);
                seen[target]++;
                for (var r = 0; r < taps; r++)
                {
                    var reached = target + pad - (r * dilation);
                    Assert.Equal(reached % stride == 0, axis.HasTap(phase, r));
                    if (axis.HasTap(phase, r))
                    {
                        var index = i + axis.Shift(phase, r);
                        Assert.InRange(index, 0, axis.Plane - 1);
                        Assert.Equal(reached, axis.SourceOf(axis.Phase(r), index) * stride);
                    }
                }
            }
        }

        Assert.All(seen, count => Assert.Equal(1, count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void TheInsideOfAPhaseIsWhatTheSourceHolds(int stride) =>
        ForAllSizes(stride, CheckInside);

    private static void CheckInside(int size, int taps, int stride, int pad, int dilation)
    {
        var output = Outputs(size, taps, stride, pad, dilation);
        ConvAxis[] both =
        [
            ConvAxis.Forward(size, output, taps, stride, pad, dilation),
            ConvAxis.Backward(size, output, taps, stride, pad, dilation),
        ];
        foreach (var axis in both)
        {
            for (var phase = 0; phase < axis.SourceStep; phase++)
            {
                var (first, end) = axis.Inside(phase);
                for (var i = 0; i < axis.Plane; i++)
                {
                    var source = axis.SourceOf(phase, i);
                    Assert.Equal(source >= 0 && source < axis.Source, i >= first && i < end);
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ATapReadsWhatTheDefinitionSays(int stride) => ForAllSizes(stride, CheckRead);

    private static void CheckRead(int size, int taps, int stride, int pad, int dilation)
    {
        var output = Outputs(size, taps, stride, pad, dilation);
        var forward = ConvAxis.Forward(size, output, taps, stride, pad, dilation);
        var backward = ConvAxis.Backward(size, output, taps, stride, pad, dilation);
        for (var r = 0; r < taps; r++)
        {
            for (var i = 0; i < output; i++)
            {
                var input = (i * stride) + (r * dilation) - pad;
                var isInside = input >= 0 && input < size;
                Assert.Equal(isInside ? input : -1, forward.Read(i, r));
            }

            for (var input = 0; input < size; input++)
            {
                var outputs = Enumerable.Range(0, output);
                var expected = outputs.Where(i => forward.Read(i, r) == input).Append(-1).First();
                Assert.Equal(expected, backward.Read(input, r));
            }
        }
    }

    [Fact]
    public void TapsThatSeeOnlyPaddingAreNotUseful()
    {
        var axis = ConvAxis.Forward(28, 28, 5, 1, 2, 1);
        Assert.Equal(new ConvTapRange(2, 5), axis.Useful(0, 0));
        Assert.Equal(new ConvTapRange(0, 5), axis.Useful(0, 14));
        Assert.Equal(new ConvTapRange(0, 4), axis.Useful(0, 26));
        axis = ConvAxis.Backward(14, 10, 5, 1, 0, 1);
        Assert.Equal(new ConvTapRange(0, 1), axis.Useful(0, 0));
        Assert.Equal(new ConvTapRange(4, 5), axis.Useful(0, 13));
    }

    [Fact]
    public void ATargetWithNothingButPaddingKeepsAllTaps() =>
        Assert.Equal(
            new ConvTapRange(0, 3), ConvAxis.Forward(9, 17, 3, 1, 5, 1).Useful(0, 0));

    private static void ForAllSizes(int stride, Action<int, int, int, int, int> check)
    {
        for (var size = 1; size < 9; size++)
        {
            for (var taps = 1; taps < 5; taps++)
            {
                for (var pad = 0; pad < 5; pad++)
                {
                    for (var dilation = 1; dilation < 4; dilation++)
                    {
                        check(size, taps, stride, pad, dilation);
                    }
                }
            }
        }
    }

    private static int Outputs(int size, int taps, int stride, int pad, int dilation) =>
        new Conv2dShape(1, 1, size, 1, 1, taps, 1, stride, 1, pad, 0, dilation, 1, 1).OutH;
}
