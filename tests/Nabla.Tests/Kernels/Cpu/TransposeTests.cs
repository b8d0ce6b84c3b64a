using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class TransposeTests
{
    [Theory]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Float16)]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Rows_become_columns_at_any_size(DType type)
    {
        foreach (var (rows, columns) in new[] { (1, 1), (8, 8), (16, 16), (7, 20), (33, 41) })
        {
            var x = new Buffer(type, [rows, columns], [columns + 3, 1], i => i % 200);
            var y = new Buffer(type, [columns, rows], [rows + 2, 1], _ => 0);
            Transpose.Run(x.Operand.Data, columns + 3, y.Operand.Data, rows + 2,
                rows, columns, Cast.SizeOf(type));
            foreach (var index in NdIndex.Of([rows, columns]))
            {
                Assert.Equal(x[index], y[index[1], index[0]]);
            }
        }
    }

    [Fact]
    public void What_lies_between_the_columns_is_left_alone()
    {
        var x = new Buffer(DType.Float32, [9, 9], [9, 1], _ => 1);
        var y = new Buffer(DType.Float32, [9, 12], [12, 1], _ => 7);
        Transpose.Run(x.Operand.Data, 9, y.Operand.Data, 12, 9, 9, 4);
        foreach (var index in NdIndex.Of([9, 12]))
        {
            Assert.Equal(index[1] < 9 ? 1 : 7, y[index]);
        }
    }
}
