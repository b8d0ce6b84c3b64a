using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class PackedLinearTests
{
    [Theory]
    [InlineData(33, 65, 40)]
    [InlineData(300, 31, 700)]
    public void It_gives_the_bits_of_the_layer_that_packs_at_each_call(
        int rows, int inputs, int outputs)
    {
        var (x, w, b) = (Tensor.Randn(rows, inputs), Tensor.Randn(outputs, inputs),
            Tensor.Randn(outputs));
        var residual = Tensor.Randn(rows, outputs);
        var packed = w.Device.PackLinear(w);
        Equal(new FusedLinear(), [x, w, b],
            new PackedLinear(w.Shape, HasBias: true, IsRelu: true), [x, packed, b]);
        Equal(LinearOp.Instance, [x, w], new PackedLinear(w.Shape, HasBias: false), [x, packed]);
        Equal(new FusedLinear(true, HasResidual: true), [x, w, b, residual],
            new PackedLinear(w.Shape, true, true, true), [x, packed, b, residual]);
    }

    [Fact]
    public void It_reads_rows_that_lie_apart()
    {
        var x = Tensor.Randn(80, 50).Transpose(0, 1);
        var w = Tensor.Randn(40, 80);
        Equal(LinearOp.Instance, [x, w],
            new PackedLinear(w.Shape, HasBias: false), [x, w.Device.PackLinear(w)]);
    }

    private static void Equal(
        Op expected, Tensor[] inputs, PackedLinear op, Tensor[] packed) =>
        Assert.Equal(
            expected.Apply(inputs).ToArray<float>(), op.Apply(packed).ToArray<float>());
}
