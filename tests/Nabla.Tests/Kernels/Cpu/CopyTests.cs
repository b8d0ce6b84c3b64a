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
