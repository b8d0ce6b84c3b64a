using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public class FusedLoopTests
{
    public static TheoryData<long[], long[], long[]> Layouts => new()
    {
        { [], [], [] },
        { [17], [1], [0] },
        { [3, 5], [5, 1], [0, 1] },
        { [3, 5], [1, 3], [1, 0] },
        { [40, 1100], [1100, 1], [1, 0] },
        { [2, 3, 70], [210, 70, 1], [0, 70, 1] },
        { [300, 300], [300, 1], [1, 300] },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public unsafe void Any_strides_and_broadcasts_give_what_plain_indexing_gives(
        long[] shape, long[] sa, long[] sb)
    {
        var program = new FusedProgram(2,
            [
                new((nint)Elementwise.BinaryTile<AddFn>(DType.Float32), 2, 0, 1, 1),
                new((nint)Elementwise.UnaryTile<SquareFn>(DType.Float32), 1, 2, 2, 2),
            ], [3]);
        var a = new Buffer(DType.Float32, shape, sa, i => (i % 13) - 6);
        var b = new Buffer(DType.Float32, shape, sb, i => (i % 7) - 3);
        var y = new Buffer(DType.Float32, shape, NdIndex.RowMajor(shape), _ => -1);
        var loop = new FusedLoop(program, shape);
        loop.AddInput(a.Operand);
        loop.AddInput(b.Operand);
        loop.AddOutput(y.Operand);
        loop.Run();
        Assert.All(NdIndex.Of(shape), at =>
            Assert.Equal((a[at] + b[at]) * (a[at] + b[at]), y[at]));
    }

    [Fact]
    public unsafe void Operands_of_other_types_are_converted_on_the_way()
    {
        var program = new FusedProgram(
            2, [new((nint)Elementwise.BinaryTile<LessFn>(DType.Float32), 2, 0, 1, 1)], [2]);
        long[] shape = [33], strides = [1];
        var a = new Buffer(DType.Bool, shape, strides, i => i % 2);
        var b = new Buffer(DType.Float32, shape, strides, _ => 0.5);
        var y = new Buffer(DType.Bool, shape, strides, _ => 0);
        var loop = new FusedLoop(program, shape);
        loop.AddInput(a.Operand);
        loop.AddInput(b.Operand);
        loop.AddOutput(y.Operand);
        loop.Run();
        Assert.All(NdIndex.Of(shape), at => Assert.Equal(1 - (at[0] % 2), y[at]));
    }
}
