using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class ElementwiseTests
{
    public static TheoryData<int> Lengths =>
        new(0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 100, 1000, 5000, 40000, 100003);

    /// <summary>Shape, then the strides of a, b and y.</summary>
    public static TheoryData<long[], long[], long[], long[]> Layouts => new()
    {
        { [], [], [], [] },
        { [5], [1], [0], [1] },
        { [5], [2], [-1], [3] },
        { [3, 4], [4, 1], [0, 1], [4, 1] },
        { [3, 4], [1, 3], [4, 1], [4, 1] },
        { [3, 4], [1, 3], [1, 3], [1, 3] },
        { [1, 3, 1, 4], [99, 4, 99, 1], [0, 0, 0, 1], [7, 4, 7, 1] },
        { [256, 10], [10, 1], [0, 1], [10, 1] },
        { [60, 1500], [1500, 1], [0, 1], [1500, 1] },
        { [60, 1500], [1500, 1], [1, 0], [1500, 1] },
        { [16, 6, 28, 28], [4704, 784, 28, 1], [0, 1, 0, 0], [4704, 784, 28, 1] },
        { [16, 6, 28, 28], [4704, 784, 28, 1], [4704, 1, 168, 6], [4704, 1, 168, 6] },
        { [40, 50, 3, 3], [450, 9, 3, 1], [9, 360, 1, 3], [450, 9, 3, 1] },
        { [2, 3, 2, 3, 2, 3, 2, 3],
            [648, 216, 108, 36, 18, 6, 3, 1], [0, 1, 0, 3, 0, 9, 0, 27],
            [1, 2, 6, 12, 36, 72, 216, 432] },
        { [3, 0, 4], [4, 4, 1], [0, 0, 0], [4, 4, 1] },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Contiguous_vectors_of_any_length_add_up_and_nothing_behind_them_changes(int n)
    {
        var (a, b) = (NdIndex.Floats(n + 1, 1), NdIndex.Floats(n + 1, 2));
        var y = new float[n + 1];
        y[n] = 42;
        long[] shape = [n], strides = [1];
        fixed (float* pa = a, pb = b, py = y)
        {
            Elementwise.Binary<AddFn>(DType.Float32, shape, new(pa, DType.Float32, strides),
                new(pb, DType.Float32, strides), new(py, DType.Float32, strides));
        }

        for (var i = 0; i < n; i++)
        {
            Assert.Equal(a[i] + b[i], y[i]);
        }

        Assert.Equal(42, y[n]);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Any_strides_and_broadcasts_give_what_plain_indexing_gives(
        long[] shape, long[] sa, long[] sb, long[] sy)
    {
        foreach (var compute in new[] { DType.Float32, DType.Float64, DType.Int64 })
        {
            foreach (var (typeA, typeY) in new[]
            {
                (DType.Float32, DType.Float32), (DType.Float32, DType.Float64),
                (DType.Float64, DType.Float16),
            })
            {
                CheckLayout(compute, shape, typeA, sa, sb, typeY, sy);
            }
        }
    }

    private static void CheckLayout(DType compute, long[] shape,
        DType typeA, long[] sa, long[] sb, DType typeY, long[] sy)
    {
        var a = new Buffer(typeA, shape, sa, i => (i % 23) - 11);
        var b = new Buffer(DType.UInt8, shape, sb, i => i % 7);
        var y = new Buffer(typeY, shape, sy, _ => -1);
        Elementwise.Binary<AddFn>(compute, shape, a.Operand, b.Operand, y.Operand);
        foreach (var index in NdIndex.Of(shape))
        {
            Assert.Equal(a[index] + b[index], y[index]);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void An_output_may_be_the_input(int n)
    {
        var x = NdIndex.Floats(n);
        var copy = (float[])x.Clone();
        long[] shape = [n], strides = [1];
        fixed (float* p = x)
        {
            var operand = new Operand(p, DType.Float32, strides);
            Elementwise.Unary<SquareFn>(DType.Float32, shape, operand, operand);
            Elementwise.Unary<SquareFn>(DType.Float64, shape, operand, operand);
        }

        for (var i = 0; i < n; i++)
        {
            var square = copy[i] * copy[i];
            Assert.Equal((float)((double)square * square), x[i]);
        }
    }

    [Fact]
    public void A_boolean_condition_selects_among_numbers()
    {
        long[] shape = [3, 700];
        var condition = new Buffer(DType.Bool, shape, [700, 1], i => i % 3 == 0 ? 1 : 0);
        var a = new Buffer(DType.Float32, shape, [0, 1], i => i);
        var b = new Buffer(DType.Float32, shape, [1, 0], i => -i - 1);
        var y = new Buffer(DType.Float32, shape, [700, 1], _ => 0);
        Elementwise.Ternary<SelectFn>(
            DType.Float32, shape, condition.Operand, a.Operand, b.Operand, y.Operand);
        foreach (var index in NdIndex.Of(shape))
        {
            Assert.Equal(condition[index] != 0 ? a[index] : b[index], y[index]);
        }
    }

    [Fact]
    public void A_comparison_writes_booleans()
    {
        long[] shape = [1000];
        var a = new Buffer(DType.Float32, shape, [1], i => i % 10);
        var b = new Buffer(DType.Float32, shape, [0], _ => 5);
        var y = new Buffer(DType.Bool, shape, [1], _ => 1);
        Elementwise.Binary<LessFn>(DType.Float32, shape, a.Operand, b.Operand, y.Operand);
        foreach (var index in NdIndex.Of(shape))
        {
            Assert.Equal(a[index] < 5 ? 1 : 0, y[index]);
        }
    }

    [Theory]
    [InlineData(DType.Int64, -7, 2, -3, 1)]
    [InlineData(DType.Int64, 7, -2, -3, -1)]
    [InlineData(DType.Int64, 7, 0, 0, 0)]
    [InlineData(DType.Int64, long.MinValue, -1, long.MinValue, 0)]
    [InlineData(DType.Int32, int.MinValue, -1, int.MinValue, 0)]
    [InlineData(DType.Int32, 9, 0, 0, 0)]
    [InlineData(DType.UInt8, 9, 0, 0, 0)]
    [InlineData(DType.UInt8, 250, 255, 0, 250)]
    public void Integer_division_never_traps(
        DType type, long a, long b, long quotient, long remainder)
    {
        long* values = stackalloc long[3];
        (values[0], values[1]) = (a, b);
        Elementwise.Binary<DivFn>(type, [], new(values, type, []), new(values + 1, type, []),
            new(values + 2, DType.Int64, []));
        Assert.Equal(quotient, values[2]);
        Elementwise.Binary<RemainderFn>(type, [], new(values, type, []),
            new(values + 1, type, []), new(values + 2, DType.Int64, []));
        Assert.Equal(remainder, values[2]);
    }

    [Fact]
    public void Every_thread_count_gives_the_same_bits()
    {
        const int N = 300_001;
        var x = NdIndex.Floats(N);
        var before = WorkerTeam.Threads;
        var results = new List<float[]>();
        try
        {
            foreach (var threads in new[] { 1, 2, 3 })
            {
                WorkerTeam.Threads = threads;
                var y = new float[N];
                fixed (float* px = x, py = y)
                {
                    Elementwise.Unary<SigmoidFn>(DType.Float32, [N],
                        new(px, DType.Float32, [1]), new(py, DType.Float32, [1]));
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

    [Fact]
    public void A_sixteen_bit_compute_type_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => { _ = Elementwise.UnaryTile<SquareFn>(DType.Float16); });
        Assert.Contains("No lanes compute in this type; 16-bit floats use float32", error.Message);
    }
}
