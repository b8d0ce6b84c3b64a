using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public unsafe class FusedSourceTests
{
    [Fact]
    public void Each_stretch_is_computed_when_asked_for_and_other_outputs_are_stored()
    {
        // r2 = a + b, r3 = r2²: r3 is read, r2 is stored.
        var program = new FusedProgram(2,
            [
                new((nint)Elementwise.BinaryTile<AddFn>(DType.Float32), 2, 0, 1, 1),
                new((nint)Elementwise.UnaryTile<SquareFn>(DType.Float32), 1, 2, 2, 2),
            ], [3, 2]);
        long[] shape = [6, 20];
        var a = new Buffer(DType.Float32, shape, [20, 1], i => i % 11);
        var b = new Buffer(DType.Float32, shape, [0, 1], i => i % 5);
        var inputs = stackalloc OperandSource[2];
        inputs[0] = new OperandSource(shape, a.Operand, DType.Float32);
        inputs[1] = new OperandSource(shape, b.Operand, DType.Float32);
        var stored = stackalloc float[120];
        var outputs = stackalloc float*[2];
        outputs[1] = stored;
        var source = new FusedSource(program, inputs, outputs);
        var scratch = stackalloc float[120];
        var indices = NdIndex.Of(shape).ToArray();
        foreach (var (start, count) in new[] { (0, 50), (50, 1), (51, 69) })
        {
            var tile = new Span<float>(source.Fetch(start, count, scratch), count);
            for (var i = 0; i < count; i++)
            {
                var at = indices[start + i];
                var sum = (float)(a[at] + b[at]);
                Assert.Equal(sum * sum, tile[i]);
                Assert.Equal(sum, stored[start + i]);
            }
        }
    }
}
