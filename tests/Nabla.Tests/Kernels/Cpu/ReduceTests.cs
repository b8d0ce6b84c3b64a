using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class ReduceTests
{
    /// <summary>Shape, strides, and which dimensions are reduced.</summary>
    public static TheoryData<long[], long[], bool[]> Cases => new()
    {
        { [], [], [] },
        { [1], [1], [true] },
        { [17], [1], [true] },
        { [5000], [1], [true] },
        { [5000], [3], [true] },
        { [200_003], [1], [true] },
        { [7, 33], [33, 1], [false, true] },
        { [7, 33], [33, 1], [true, false] },
        { [7, 33], [33, 1], [true, true] },
        { [7, 33], [33, 1], [false, false] },
        { [7, 33], [1, 7], [false, true] },
        { [2000, 3], [3, 1], [true, false] },
        { [1000, 600], [600, 1], [true, false] },
        { [151, 1030], [1030, 1], [true, false] },
        { [3, 3000], [3000, 1], [false, true] },
        { [3, 70_000], [70_000, 1], [false, true] },
        { [16, 6, 28, 28], [4704, 784, 28, 1], [true, false, true, true] },
        { [16, 6, 28, 28], [4704, 1, 168, 6], [true, false, true, true] },
        { [64, 20, 3], [60, 3, 1], [true, false, true] },
        { [5, 40, 7], [280, 7, 1], [false, true, false] },
        { [5, 1, 7], [7, 999, 1], [false, true, false] },
        { [4, 5, 6, 7], [0, 1, 0, 5], [false, true, true, false] },
        { [4, 5, 6, 7], [210, 42, 7, 1], [true, false, true, false] },
        { [3, 0, 4], [4, 4, 1], [false, true, false] },
        { [3, 0], [1, 1], [false, true] },
        { [0, 3], [3, 1], [false, true] },
    };

    private static double Fold<TFn>(double a, double b) => typeof(TFn) == typeof(SumFn) ? a + b
        : typeof(TFn) == typeof(ProdFn) ? a * b
        : typeof(TFn) == typeof(MaxFn) ? Math.Max(a, b) : Math.Min(a, b);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Folds_equal_plain_loops(long[] shape, long[] strides, bool[] reduced)
    {
        foreach (var compute in new[] { DType.Float32, DType.Float64, DType.Int64 })
        {
            Check<SumFn>(compute, DType.Float32, shape, strides, reduced, 0);
            Check<SumFn>(compute, DType.UInt8, shape, strides, reduced, 0);
            Check<MaxFn>(compute, DType.Float32, shape, strides, reduced, double.NegativeInfinity);
            Check<MinFn>(compute, DType.Float16, shape, strides, reduced, double.PositiveInfinity);
        }
    }

    private static void Check<TFn>(DType compute, DType type, long[] shape, long[] strides,
        bool[] reduced, double identity) where TFn : struct, Nabla.Kernels.IReduceFn
    {
        var x = new Buffer(type, shape, strides, i => (i * 7 % 23) - (type == DType.UInt8 ? 0 : 9));
        var kept = shape.Select((n, d) => reduced[d] ? 1 : n).ToArray();
        var outer = NdIndex.RowMajor(kept).Select((s, d) => reduced[d] ? 0 : s).ToArray();
        var y = new Buffer(DType.Float64, kept, outer, _ => -77);
        Reduce.Run<TFn>(compute, shape, reduced, x.Operand, y.Operand);

        var expected = new Dictionary<long, double>();
        foreach (var index in NdIndex.Of(kept))
        {
            expected[NdIndex.Offset(index, outer)] = identity;
        }

        foreach (var index in NdIndex.Of(shape))
        {
            var at = NdIndex.Offset(index, outer);
            expected[at] = Fold<TFn>(expected[at], x[index]);
        }

        foreach (var index in NdIndex.Of(kept))
        {
            var value = expected[NdIndex.Offset(index, outer)];
            if (!double.IsInfinity(value) || compute != DType.Int64)
            {
                Assert.Equal(value, y[index]);
            }
        }
    }

    [Fact]
    public void Ten_million_floats_sum_up_almost_exactly()
    {
        var x = new float[10_000_000];
        Array.Fill(x, 0.1f);
        float y;
        fixed (float* p = x)
        {
            Reduce.Run<SumFn>(DType.Float32, [x.Length], [true], new(p, DType.Float32, [1]),
                new(&y, DType.Float32, [0]));
        }

        Assert.Equal(x.Length * (double)0.1f, y, 0.3);
    }

    [Fact]
    public void A_million_rows_of_floats_sum_up_almost_exactly()
    {
        var x = new float[8_000_000];
        Array.Fill(x, 0.1f);
        var y = new float[8];
        fixed (float* p = x, to = y)
        {
            Reduce.Run<SumFn>(DType.Float32, [x.Length / 8, 8], [true, false],
                new(p, DType.Float32, [8, 1]), new(to, DType.Float32, [0, 1]));
        }

        Assert.All(y, sum => Assert.Equal(1_000_000 * (double)0.1f, sum, 0.03));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(3000)]
    public void A_nan_wins_an_extremum_wherever_it_is(int n)
    {
        var x = NdIndex.Floats(n);
        for (var at = 0; at < n; at += Math.Max(1, n / 40))
        {
            var keep = x[at];
            x[at] = float.NaN;
            float max, min;
            fixed (float* p = x)
            {
                var operand = new Operand(p, DType.Float32, [1]);
                Reduce.Run<MaxFn>(
                    DType.Float32, [n], [true], operand, new(&max, DType.Float32, [0]));
                Reduce.Run<MinFn>(
                    DType.Float32, [n], [true], operand, new(&min, DType.Float32, [0]));
            }

            Assert.True(float.IsNaN(max) && float.IsNaN(min), $"NaN at {at} was lost");
            x[at] = keep;
        }
    }

    [Fact]
    public void Booleans_fold_to_any_and_all()
    {
        long[] shape = [3, 40];
        var x = new Buffer(DType.Bool, shape, [40, 1], i => i < 40 || i == 55 ? 1 : 0);
        var y = new Buffer(DType.Bool, [3], [1, 0], _ => 9);
        Reduce.Run<MaxFn>(DType.Bool, shape, [false, true], x.Operand, y.Operand);
        Assert.Equal([1, 1, 0], new[] { y[0], y[1], y[2] });
        Reduce.Run<MinFn>(DType.Bool, shape, [false, true], x.Operand, y.Operand);
        Assert.Equal([1, 0, 0], new[] { y[0], y[1], y[2] });
    }

    [Fact]
    public void A_source_of_tiles_is_reduced_without_an_array()
    {
        var source = new Counting();
        double y;
        Reduce.Run<SumFn, Counting>(DType.Float64, [100_000], [true], ref source,
            new(&y, DType.Float64, [0]));
        Assert.Equal(100_000.0 * 99_999 / 2, y);
    }

    [Theory]
    [InlineData(100_000, 1, false)]
    [InlineData(3, 200_000, false)]
    [InlineData(5000, 300, true)]
    [InlineData(50_000, 3, true)]
    public void Every_thread_count_gives_the_same_bits(int rows, int columns, bool overRows)
    {
        var x = NdIndex.Floats((long)rows * columns);
        var before = WorkerTeam.Threads;
        var results = new List<float[]>();
        try
        {
            foreach (var threads in new[] { 1, 2, 3 })
            {
                WorkerTeam.Threads = threads;
                var y = new float[overRows ? columns : rows];
                long[] strides = overRows ? [0, 1] : [1, 0];
                fixed (float* px = x, py = y)
                {
                    Reduce.Run<SumFn>(DType.Float32, [rows, columns], [overRows, !overRows],
                        new(px, DType.Float32, [columns, 1]), new(py, DType.Float32, strides));
                }

                results.Add(y);
            }
        }
        finally
        {
            WorkerTeam.Threads = before;
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    private struct Counting : ITileSource
    {
        public readonly void* Fetch(long start, nint count, void* scratch)
        {
            for (nint i = 0; i < count; i++)
            {
                ((double*)scratch)[i] = start + i;
            }

            return scratch;
        }
    }
}
