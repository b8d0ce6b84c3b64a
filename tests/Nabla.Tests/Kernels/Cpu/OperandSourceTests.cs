using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class OperandSourceTests
{
    [Theory]
    [InlineData(new long[] { 60, 12, 3, 1 }, DType.Float32)]
    [InlineData(new long[] { 60, 12, 3, 1 }, DType.UInt8)]
    [InlineData(new long[] { 1, 2, 10, 40 }, DType.Float32)]
    [InlineData(new long[] { 1, 2, 10, 40 }, DType.Float64)]
    [InlineData(new long[] { 0, 7, 0, 1 }, DType.Int64)]
    [InlineData(new long[] { -60, 12, -3, 1 }, DType.Float16)]
    public void Any_stretch_comes_in_row_major_order(long[] strides, DType type)
    {
        long[] shape = [2, 5, 4, 3];
        var x = new Buffer(type, shape, strides, i => i % 119);
        var expected = NdIndex.Of(shape).Select(i => (float)x[i]).ToArray();
        var source = new OperandSource(shape, x.Operand, DType.Float32);
        var scratch = stackalloc float[120];
        foreach (var (start, count) in new[] { (0, 120), (0, 1), (1, 2), (7, 50), (119, 1) })
        {
            var tile = new Span<float>(source.Fetch(start, count, scratch), count);
            Assert.Equal(expected.AsSpan(start, count).ToArray(), tile.ToArray());
        }
    }

    [Fact]
    public void A_dense_array_of_the_right_type_is_read_in_place()
    {
        var x = new Buffer(DType.Float32, [10, 10], [10, 1], i => i);
        var source = new OperandSource([10, 10], x.Operand, DType.Float32);
        Assert.True((float*)source.Fetch(35, 40, null) == (float*)x.Operand.Data + 35);
    }
}
