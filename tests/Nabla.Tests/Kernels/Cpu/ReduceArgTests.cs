using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class ReduceArgTests
{
    [Theory]
    [MemberData(nameof(ReduceTests.Cases), MemberType = typeof(ReduceTests))]
    public void The_first_extremum_of_plain_loops_is_found(
        long[] shape, long[] strides, bool[] reduced)
    {
        foreach (var type in new[] { DType.Float32, DType.Float64, DType.Int64, DType.UInt8 })
        {
            Check(type, shape, strides, reduced, isMax: true);
            Check(type, shape, strides, reduced, isMax: false);
        }
    }

    private static void Check(
        DType type, long[] shape, long[] strides, bool[] reduced, bool isMax)
    {
        if (NdIndex.Count(shape) == 0)
        {
            return;
        }

        var x = new Buffer(type, shape, strides, i => i * 7 % 23);
        var kept = shape.Select((n, d) => reduced[d] ? 1 : n).ToArray();
        var outer = NdIndex.RowMajor(kept).Select((s, d) => reduced[d] ? 0 : s).ToArray();
        var y = new Buffer(DType.Int64, kept, outer, _ => -77);
        if (isMax)
        {
            ReduceArg.Max(type, shape, reduced, x.Operand, y.Operand);
        }
        else
        {
            ReduceArg.Min(type, shape, reduced, x.Operand, y.Operand);
        }

        var groups = NdIndex.Of(shape).ToLookup(i => NdIndex.Offset(i, outer), i => x[i]);
        foreach (var index in NdIndex.Of(kept))
        {
            var values = groups[NdIndex.Offset(index, outer)].ToList();
            var expected = values.IndexOf(isMax ? values.Max() : values.Min());
            Assert.Equal(expected, y[index]);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    [InlineData(5000)]
    public void The_first_nan_wins(int n)
    {
        var x = NdIndex.Floats(n);
        for (var at = 0; at < n; at += Math.Max(1, n / 40))
        {
            x[at] = x[n - 1] = float.NaN;
            long max, min;
            fixed (float* p = x)
            {
                var operand = new Operand(p, DType.Float32, [1]);
                ReduceArg.Max(DType.Float32, [n], [true], operand, new(&max, DType.Int64, [0]));
                ReduceArg.Min(DType.Float32, [n], [true], operand, new(&min, DType.Int64, [0]));
            }

            Assert.Equal((at, at), (max, min));
            x[at] = 1;
        }
    }
}
