using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class MomentsTests
{
    [Theory]
    [MemberData(nameof(ReduceTests.Cases), MemberType = typeof(ReduceTests))]
    public void Mean_and_variance_equal_two_plain_passes(
        long[] shape, long[] strides, bool[] reduced)
    {
        foreach (var type in new[] { DType.Float32, DType.Float64, DType.UInt8 })
        {
            Check(type, shape, strides, reduced, 0);
            Check(type, shape, strides, reduced, 1);
        }
    }

    private static void Check(
        DType type, long[] shape, long[] strides, bool[] reduced, int correction)
    {
        var x = new Buffer(type, shape, strides, i => 40 + (i * 7 % 23));
        var kept = shape.Select((n, d) => reduced[d] ? 1 : n).ToArray();
        var outer = NdIndex.RowMajor(kept).Select((s, d) => reduced[d] ? 0 : s).ToArray();
        var mean = new Buffer(DType.Float64, kept, outer, _ => -77);
        var variance = new Buffer(DType.Float64, kept, outer, _ => -77);
        Moments.Run(shape, reduced, x.Operand, mean.Operand, variance.Operand, correction);

        var groups = NdIndex.Of(shape).ToLookup(i => NdIndex.Offset(i, outer), i => x[i]);
        foreach (var index in NdIndex.Of(kept))
        {
            var values = groups[NdIndex.Offset(index, outer)].ToArray();
            var average = values.Length == 0 ? double.NaN : values.Average();
            var freedom = values.Length - correction;
            var spread = freedom > 0
                ? values.Sum(v => (v - average) * (v - average)) / freedom : double.NaN;
            Assert.Equal(average, mean[index], 1e-5 * 60);
            Assert.Equal(spread, variance[index], 1e-5 * 60);
        }
    }

    [Fact]
    public void A_large_offset_does_not_drown_the_variance()
    {
        var x = NdIndex.Floats(100_000).Select(v => v + 10_000).ToArray();
        double mean, variance;
        fixed (float* p = x)
        {
            Moments.Run([x.Length], [true], new(p, DType.Float32, [1]),
                new(&mean, DType.Float64, [0]), new(&variance, DType.Float64, [0]));
        }

        var average = x.Average(v => (double)v);
        Assert.Equal(average, mean, 1e-3);
        Assert.Equal(x.Average(v => (v - average) * (v - average)), variance, 1e-4);
    }
}
