using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class CastTests
{
    private static readonly double[] s_values =
        [0, 1, 2.5, -1, -2.75, 3.9, 100, 127, 128, 200, 255, 1000, 60000, -60000, 0.3];

    public static TheoryData<DType, DType> Pairs
    {
        get
        {
            var data = new TheoryData<DType, DType>();
            foreach (var from in Enum.GetValues<DType>())
            {
                foreach (var to in Enum.GetValues<DType>())
                {
                    data.Add(from, to);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_of_types_converts_every_length(DType from, DType to)
    {
        foreach (var n in new[] { 0, 1, 7, 15, 16, 17, 100 })
        {
            var x = new Buffer(from, [n], [1], i => s_values[i % s_values.Length]);
            var y = new Buffer(to, [n + 1], [1], _ => 1);
            Cast.Tile(from, to)(x.Operand.Data, y.Operand.Data, n);
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(Converted(x[i], from, to), y[i]);
            }

            Assert.Equal(1, y[n]);
        }
    }

    /// <summary>PyTorch's conversions of in-range numbers, from its documentation of Tensor.to.
    /// </summary>
    private static double Converted(double value, DType from, DType to) => to switch
    {
        DType.Float32 => (float)value,
        DType.Float64 => value,
        DType.Int64 => Math.Truncate(value),
        DType.Int32 => Math.Truncate(value),
        DType.UInt8 => unchecked((byte)(long)value),
        DType.Bool => value != 0 ? 1 : 0,
        DType.Float16 => (double)(Half)value,
        _ => (float)(BFloat16)(float)value,
    };

    [Theory]
    [InlineData(1e30f, long.MaxValue)]
    [InlineData(-1e30f, long.MinValue)]
    [InlineData(float.NaN, 0)]
    public void A_float_beyond_the_integers_saturates(float value, long expected)
    {
        long y;
        Cast.Tile(DType.Float32, DType.Int64)(&value, &y, 1);
        Assert.Equal(expected, y);
    }

    [Fact]
    public void Nan_is_true()
    {
        var x = stackalloc float[] { float.NaN };
        byte y;
        Cast.Tile(DType.Float32, DType.Bool)(x, &y, 1);
        Assert.Equal(1, y);
    }

    [Fact]
    public void All_half_floats_widen_exactly_and_narrow_back()
    {
        var x = new Half[1 << 16];
        var y = new float[1 << 16];
        var z = new Half[1 << 16];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = BitConverter.UInt16BitsToHalf((ushort)i);
        }

        fixed (Half* px = x, pz = z)
        fixed (float* py = y)
        {
            Cast.Tile(DType.Float16, DType.Float32)(px, py, x.Length);
            Cast.Tile(DType.Float32, DType.Float16)(py, pz, x.Length);
        }

        for (var i = 0; i < x.Length; i++)
        {
            Assert.Equal((float)x[i], y[i]);
            Assert.Equal(x[i], z[i]);
        }
    }

    [Fact]
    public void Floats_round_to_the_nearest_half_float()
    {
        var random = new Random(3);
        var x = Enumerable.Range(0, 1 << 18).Select(i => i % 2 == 0
            ? BitConverter.Int32BitsToSingle(random.Next())
            : (float)Math.Pow(2, (random.NextDouble() * 45) - 27)).ToArray();
        (x[0], x[1], x[2], x[3]) = (65519.99f, 65520, -65504, 2.98023224e-8f);
        var y = new Half[x.Length];
        fixed (float* px = x)
        fixed (Half* py = y)
        {
            Cast.Tile(DType.Float32, DType.Float16)(px, py, x.Length);
        }

        for (var i = 0; i < x.Length; i++)
        {
            Assert.Equal((Half)x[i], y[i]);
        }
    }

    [Fact]
    public void Sizes_are_the_types_bytes() => Assert.Equal([4, 8, 8, 4, 1, 1, 2, 2],
        Enum.GetValues<DType>().Select(Cast.SizeOf));
}
