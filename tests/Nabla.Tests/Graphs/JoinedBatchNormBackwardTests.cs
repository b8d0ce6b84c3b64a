using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Graphs;

public class JoinedBatchNormBackwardTests
{
    [Theory]
    [MemberData(nameof(FusedBatchNormTests.Shapes), MemberType = typeof(FusedBatchNormTests))]
    public void It_adds_masks_and_differentiates(long[] dims)
    {
        foreach (var type in new[] { DType.Float32, DType.Float64 })
        {
            var (x, gy) = (Tensor.Randn(dims).To(type), Tensor.Randn(dims).To(type));
            var (other, r) = (Tensor.Randn(dims).To(type), Tensor.Randn(dims).To(type));
            var w = Tensor.Randn(dims[1]).To(type);
            var y = new BatchNormOp(1e-3).ApplyAll(x);
            var (sum, mask) = (gy + other, r > 0);
            Check(sum, true, false, other);
            Check(Tensor.Where(mask, gy, 0), false, true, r);
            Check(Tensor.Where(mask, sum, 0), true, true, other, r);

            void Check(Tensor g, bool hasSum, bool hasMask, params Tensor[] others)
            {
                Tensor[] shared = [gy, x, y[1], y[3]];
                Equal([.. new BatchNormBackwardOp(true).ApplyAll(g, x, y[1], y[3], w), g],
                    new JoinedBatchNormBackward(true, hasSum, hasMask)
                        .ApplyAll([.. shared, w, .. others]));
                Equal([.. new BatchNormBackwardOp(false).ApplyAll(g, x, y[1], y[3]), g],
                    new JoinedBatchNormBackward(false, hasSum, hasMask)
                        .ApplyAll([.. shared, .. others]));
            }
        }
    }

    [Fact]
    public void Outputs_may_lie_where_x_and_the_gradients_did()
    {
        var op = new JoinedBatchNormBackward(false, true, true);
        Assert.Equal("JoinedBatchNormBackward[Add Where]", op.Name);
        Assert.True(op.MayOverwrite(0, 1));
        Assert.False(op.MayOverwrite(0, 0));
        Assert.False(op.MayOverwrite(1, 1));
        Assert.False(op.MayOverwrite(1, 5));
        foreach (var over in new[] { 0, 4 })
        {
            Assert.True(op.MayOverwrite(1, over));
            Tensor[] x = [Tensor.Randn(4, 3, 5), Tensor.Randn(4, 3, 5), Tensor.Zeros(3),
                Tensor.Ones(3), Tensor.Randn(4, 3, 5), Tensor.Randn(4, 3, 5)];
            var expected = op.ApplyAll(x);
            op.Forward(x, [x[1], x[over]]);
            Equal(expected, [x[1], x[over]]);
        }
    }

    [Fact]
    public void Operands_that_do_not_fit_are_refused()
    {
        var x = Tensor.Randn(4, 3);
        Assert.Contains("a gradient and a ReLU's output (4, 3) but got (4,)",
            Assert.Throws<ArgumentException>(() => new JoinedBatchNormBackward(false, true, false)
                .ApplyAll(x, x, Tensor.Zeros(3), Tensor.Ones(3), Tensor.Randn(4))).Message);
    }

    private static void Equal(Tensor[] expected, Tensor[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Numbers(), actual[i].Numbers());
        }
    }
}
