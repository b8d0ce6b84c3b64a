using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public unsafe class CopyTests
{
    /// <summary>Shape, strides of the source, strides of the destination.</summary>
    public static TheoryData<long[], long[], long[]> Layouts => new()
    {
        { [], [], [] },
        { [7], [1], [1] },
        { [7], [-1], [2] },
        { [70_001], [1], [1] },
        { [3, 5], [1, 3], [5, 1] },
        { [100, 90], [1, 100], [90, 1] },
        { [90, 100], [100, 1], [1, 90] },
        { [200, 300], [1, 200], [300, 1] },
        { [129, 131], [1, 137], [133, 1] },
        { [40, 40], [0, 1], [1, 40] },
        { [40, 41], [0, 0], [41, 1] },
        { [3, 300, 100], [0, 0, 0], [30_000, 100, 1] },
        { [5, 0], [0, 0], [0, 1] },
        { [4, 13, 14, 24], [4368, 14, 1, 182], [4368, 336, 24, 1] },
        { [4, 24, 13, 14], [4368, 1, 336, 24], [4368, 182, 14, 1] },
        { [2, 9, 1, 33], [297, 1, 5, 9], [297, 33, 77, 1] },
        { [3, 4, 5], [20, 5, 1], [1, 3, 12] },
        { [3, 0, 5], [0, 5, 1], [0, 1, 3] },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Any_layout_and_type_is_copied_element_by_element(
        long[] shape, long[] from, long[] to)
    {
        foreach (var (x, y) in new[]
        {
            (DType.Float32, DType.Float32), (DType.UInt8, DType.UInt8),
            (DType.Float16, DType.Float16), (DType.Int64, DType.Int64),
            (DType.UInt8, DType.Float32), (DType.Float32, DType.Int64),
        })
        {
            var source = new Buffer(x, shape, from, i => i % 251);
            var destination = new Buffer(y, shape, to, _ => 0);
            Copy.Strided(shape, source.Operand, destination.Operand);
            foreach (var index in NdIndex.Of(shape))
            {
                Assert.Equal(source[index], destination[index]);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-3)]
    [InlineData(-0.0)]
    [InlineData(double.NaN)]
    public void Filling_writes_the_value_in_every_type_and_nothing_beside(double value)
    {
        foreach (var type in Enum.GetValues<DType>())
        {
            foreach (var n in new[] { 0, 1, 17, 65_535, 65_537, 300_001 })
            {
                var size = Cast.SizeOf(type);
                var (expected, written) = (new byte[8], new byte[(n + 2) * size]);
                written.AsSpan().Fill(0x5A);
                fixed (byte* to = written, one = expected)
                {
                    Cast.Tile(DType.Float64, type)(&value, one, 1);
                    Copy.Fill([n], value, new(to + size, type, [1]));
                }

                Assert.Equal(-1, written.AsSpan(0, size).IndexOfAnyExcept((byte)0x5A));
                Assert.Equal(-1, written.AsSpan(^size).IndexOfAnyExcept((byte)0x5A));
                for (var i = 1; i <= n; i++)
                {
                    Assert.True(written.AsSpan(i * size, size)
                        .SequenceEqual(expected.AsSpan(0, size)), $"{type}, element {i - 1}");
                }
            }
        }
    }

    [Fact]
    public void Filling_leaves_the_gaps_alone()
    {
        var y = new Buffer(DType.Float32, [6, 40], [40, 1], _ => 5);
        Copy.Fill([3, 20], -1.5, new(y.Operand.Data, DType.Float32, [80, 2]));
        foreach (var index in NdIndex.Of([6, 40]))
        {
            var isFilled = index[0] % 2 == 0 && index[1] % 2 == 0;
            Assert.Equal(isFilled ? -1.5 : 5, y[index]);
        }
    }
}
