using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Graphs;

public class FusedBatchNormTests
{
    public static TheoryData<long[]> Shapes => new([4, 3, 5, 7], [6, 17], [9, 1, 16], [2, 40, 1, 1],
        [1, 2, 33], [40, 3, 64]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_is_a_normalization_a_sum_and_limits(long[] dims)
    {
        foreach (var type in new[] { DType.Float32, DType.Float64 })
        {
            var (x, residual) = (Tensor.Randn(dims).To(type), Tensor.Randn(dims).To(type));
            var (w, b) = (Tensor.Randn(dims[1]).To(type), Tensor.Randn(dims[1]).To(type));
            var plain = new BatchNormOp(1e-3).ApplyAll(x, w, b);
            Equal(plain[0].Relu(),
                new FusedBatchNorm(1e-3, false, double.PositiveInfinity).ApplyAll(x, w, b));
            Equal(plain[0].Clamp(0, 0.5), new FusedBatchNorm(1e-3, false, 0.5).ApplyAll(x, w, b));
            Equal(plain[0] + residual,
                new FusedBatchNorm(1e-3, true, null).ApplyAll(x, w, b, residual));
            Equal((plain[0] + residual).Relu(),
                new FusedBatchNorm(1e-3, true, double.PositiveInfinity)
                    .ApplyAll(x, w, b, residual));
            plain = new BatchNormOp(1e-3).ApplyAll(x);
            Equal(plain[0].Relu(),
                new FusedBatchNorm(1e-3, false, double.PositiveInfinity).ApplyAll(x));
            Equal((plain[0] + residual).Clamp(0, 0.5),
                new FusedBatchNorm(1e-3, true, 0.5).ApplyAll(x, residual));

            void Equal(Tensor y, Tensor[] fused)
            {
                Assert.Equal(y.Numbers(), fused[0].Numbers());
                for (var i = 1; i < 4; i++)
                {
                    Assert.Equal(plain[i].Numbers(), fused[i].Numbers());
                }
            }
        }
    }

    [Fact]
    public void Wrong_inputs_are_named()
    {
        var x = Tensor.Randn(4, 3);
        Assert.Contains("FusedBatchNorm[Add Relu] expects a residual (4, 3) but got (3, 4)",
            Assert.Throws<ArgumentException>(() => new FusedBatchNorm(
                1e-5, true, double.PositiveInfinity).ApplyAll(x, Tensor.Randn(3, 4))).Message);
        Assert.Contains("needs more than one value per channel to train, but got (0, 3)",
            Assert.Throws<ArgumentException>(() => new FusedBatchNorm(1e-5, false, 6)
                .ApplyAll(Tensor.Zeros(0, 3))).Message);
        Assert.Equal("FusedBatchNorm[Clamp]", new FusedBatchNorm(1e-5, false, 6).Name);
    }

    [Fact]
    public void An_output_may_lie_where_the_residual_did()
    {
        var op = new FusedBatchNorm(1e-5, true, null);
        Assert.True(op.MayOverwrite(0, 3));
        Assert.False(op.MayOverwrite(0, 0));
        Assert.False(op.MayOverwrite(1, 3));
        var (x, residual) = (Tensor.Randn(4, 3, 5), Tensor.Randn(4, 3, 5));
        var expected = op.ApplyAll(x, residual);
        op.Forward([x, residual], [residual, .. expected[1..]]);
        Assert.Equal(expected[0].Numbers(), residual.Numbers());
    }
}
