using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class SelfAttentionTests
{
    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 0)]
    [InlineData(false, true, 0)]
    [InlineData(true, true, 0.3)]
    public void It_is_attention_of_three_tensors(bool causal, bool masked, double dropout)
    {
        var mask = masked
            ? Tensor.Randn(new Shape(2, 1, 7, 7), DType.Float64, new Generator(2))
            : null;
        Tensor[] Run(Func<Tensor, Generator, Tensor> attention)
        {
            var qkv = Tensor.Randn(new Shape(2, 7, 3, 2, 5), DType.Float64, new Generator(1));
            qkv.RequiresGrad = true;
            var y = attention(qkv, new Generator(3));
            (y * y).Sum().Backward();
            return [y.Detach(), qkv.Grad!];
        }
        var expected = Run((x, generator) => x.Select(2, 0).ScaledDotProductAttention(
            x.Select(2, 1), x.Select(2, 2), mask, causal, dropout, tokensFirst: true,
            generator: generator));
        var actual = Run((x, generator) =>
            x.SelfAttention(mask, causal, dropout, generator: generator));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.All((expected[i] - actual[i]).ToArray<double>(),
                d => Assert.Equal(0, d, 1e-12));
        }
    }

    [Fact]
    public void Its_gradient_has_a_gradient_and_the_mask_one_too()
    {
        Tensor[] Run(Func<Tensor, Tensor, Tensor> attention)
        {
            var qkv = Tensor.Randn(new Shape(1, 4, 3, 2, 3), DType.Float64, new Generator(1));
            var mask = Tensor.Randn(new Shape(1, 2, 4, 4), DType.Float64, new Generator(2));
            (qkv.RequiresGrad, mask.RequiresGrad) = (true, true);
            var y = attention(qkv, mask);
            var g = Tensor.Gradients([(y * y).Sum()], [qkv, mask], createGraph: true);
            var (first, ofMask) = (g[0]!, g[1]!);
            var second = Tensor.Gradients(
                [(first * first).Sum() + (ofMask * ofMask).Sum()], [qkv, mask]);
            return [first.Detach(), ofMask.Detach(), .. second.Select(t => t!)];
        }
        var expected = Run((x, mask) => x.Select(2, 0).ScaledDotProductAttention(
            x.Select(2, 1), x.Select(2, 2), mask, tokensFirst: true));
        foreach (var (e, a) in expected.Zip(Run((x, mask) => x.SelfAttention(mask))))
        {
            Assert.All((e - a).ToArray<double>(), d => Assert.Equal(0, d, 1e-10));
        }
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        Assert.Equal(
            "SelfAttention expects q, k and v as (N, T, 3, heads, D), but got (1, 4, 2, 3)",
            Assert.Throws<ArgumentException>(
                () => Tensor.Zeros(1, 4, 2, 3).SelfAttention()).Message);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Tensor.Zeros(1, 4, 3, 2, 3).SelfAttention(dropout: 1));
        Assert.Contains("the mask must broadcast to (N, heads, T, S) = (1, 2, 4, 4)",
            Assert.Throws<ArgumentException>(() => Tensor.Zeros(1, 4, 3, 2, 3)
                .SelfAttention(Tensor.Zeros(4, 3))).Message);
    }
}
