using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Graphs;

public class FusedBatchNormBackwardTests
{
    [Theory]
    [MemberData(nameof(FusedBatchNormTests.Shapes), MemberType = typeof(FusedBatchNormTests))]
    public void It_masks_the_gradient_and_differentiates(long[] dims)
    {
        foreach (var type in new[] { DType.Float32, DType.Float64 })
        {
            var (x, gy) = (Tensor.Randn(dims).To(type), Tensor.Randn(dims).To(type));
            var (w, b) = (Tensor.Randn(dims[1]).To(type), Tensor.Randn(dims[1]).To(type));
            foreach (var upper in new[] { double.PositiveInfinity, 0.5 })
            {
                var y = new BatchNormOp(1e-3).ApplyAll(x, w, b);
                Equal(
                    new BatchNormBackwardOp(true).ApplyAll(
                        Mask(gy, y[0], upper), x, y[1], y[3], w),
                    new FusedBatchNormBackward(true, upper).ApplyAll(gy, x, y[1], y[3], w, b));
                y = new BatchNormOp(1e-3).ApplyAll(x);
                Equal(
                    new BatchNormBackwardOp(false).ApplyAll(
                        Mask(gy, y[0], upper), x, y[1], y[3]),
                    new FusedBatchNormBackward(false, upper).ApplyAll(gy, x, y[1], y[3]));
            }
        }
    }

    [Fact]
    public void The_gradient_may_lie_where_x_or_the_outputs_gradient_did()
    {
        var op = new FusedBatchNormBackward(false, double.PositiveInfinity);
        for (var over = 0; over < 2; over++)
        {
            Assert.True(op.MayOverwrite(0, over));
            Tensor[] x = [Tensor.Randn(4, 3, 5), Tensor.Randn(4, 3, 5), Tensor.Zeros(3),
                Tensor.Ones(3)];
            var expected = op.ApplyAll(x)[0].Numbers();
            op.Forward(x, [x[over]]);
            Assert.Equal(expected, x[over].Numbers());
        }
        Assert.False(op.MayOverwrite(0, 2));
        Assert.Equal("FusedBatchNormBackward[Relu]", op.Name);
    }

    private static Tensor Mask(Tensor gy, Tensor y, double upper) =>
        Tensor.Where(y > 0, Tensor.Where(y < upper, gy, 0), 0);

    private static void Equal(Tensor[] expected, Tensor[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Numbers(), actual[i].Numbers());
        }
    }
}
