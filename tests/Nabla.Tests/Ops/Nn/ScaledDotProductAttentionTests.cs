using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class ScaledDotProductAttentionTests : OpTests
{
    private const string Plain =
        "torch.softmax(x0 @ x1.transpose(-1, -2) / math.sqrt(x0.shape[-1]), -1) @ x2";

    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("attention", x => x[0].ScaledDotProductAttention(x[1], x[2]), Plain,
            Inputs.Normal(2, 3, 4, 5), Inputs.Normal(2, 3, 6, 5), Inputs.Normal(2, 3, 6, 7))
            .Also(Inputs.Normal(1, 1, 1, 17), Inputs.Normal(1, 1, 19, 17),
                Inputs.Normal(1, 1, 19, 3)),
        new OpCase("attention with a mask",
            x => x[0].ScaledDotProductAttention(x[1], x[2], x[3]),
            "torch.softmax(x0 @ x1.transpose(-1, -2) / 2 + x3, -1) @ x2",
            Inputs.Normal(2, 2, 3, 4), Inputs.Normal(2, 2, 5, 4), Inputs.Normal(2, 2, 5, 4),
            Inputs.Normal(3, 5)),
        new OpCase("attention with bools",
            x => x[0].ScaledDotProductAttention(x[1], x[2], x[3], scale: 0.3),
            "torch.softmax((x0 @ x1.transpose(-1, -2) * 0.3).masked_fill(~x3, -math.inf), -1) @ x2",
            Inputs.Normal(2, 2, 3, 4), Inputs.Normal(2, 2, 4, 4), Inputs.Normal(2, 2, 4, 4),
            Inputs.Values(new Shape(2, 1, 1, 4), 1, 1, 0, 1, 0, 1, 1, 0)
                with { DType = DType.Bool }),
        new OpCase("causal attention",
            x => x[0].ScaledDotProductAttention(x[1], x[2], isCausal: true),
            "torch.softmax((x0 @ x1.transpose(-1, -2) / 2).masked_fill(~torch.ones(x0.shape[2], "
            + "x1.shape[2], dtype=torch.bool).tril(), -math.inf), -1) @ x2",
            Inputs.Normal(2, 1, 5, 4), Inputs.Normal(2, 1, 5, 4), Inputs.Normal(2, 1, 5, 4)),
        new OpCase("attention with tokens first",
            x => x[0].ScaledDotProductAttention(x[1], x[2], tokensFirst: true),
            "(torch.softmax(x0.transpose(1, 2) @ x1.permute(0, 2, 3, 1) / 2, -1) "
            + "@ x2.transpose(1, 2)).transpose(1, 2)",
            Inputs.Normal(2, 3, 2, 4), Inputs.Normal(2, 5, 2, 4), Inputs.Normal(2, 5, 2, 4)),
    ];

    [Fact]
    public void A_query_that_sees_no_key_gives_0_and_no_gradient()
    {
        var q = Tensor.Ones(1, 1, 2, 3);
        q.RequiresGrad = true;
        var kv = Tensor.Ones(1, 1, 2, 3);
        var mask = Tensor.From(new[] { false, false, true, true }, new Shape(2, 2));
        var y = q.ScaledDotProductAttention(kv, kv, mask);
        y.Sum().Backward();
        Assert.Equal([0f, 0, 0, 1, 1, 1], y.ToArray<float>());
        Assert.Equal(new float[6], q.Grad!.ToArray<float>());
    }

    [Theory]
    [InlineData(40, 40, false)]
    [InlineData(150, 300, false)]
    [InlineData(150, 150, true)]
    public void Gradients_drop_what_the_output_dropped(int queries, int keys, bool causal)
    {
        var generator = new Generator(5);
        Tensor[] Make() => [.. new[] { queries, keys, keys }.Select((rows, i) =>
        {
            var x = Tensor.Randn(new Shape(1, 2, rows, 8), DType.Float64, new Generator(i));
            x.RequiresGrad = true;
            return x;
        })];
        var gy = Tensor.Randn(new Shape(1, 2, queries, 8), DType.Float64, new Generator(9));
        var state = generator.Base;
        var x = Make();
        var y = x[0].ScaledDotProductAttention(
            x[1], x[2], isCausal: causal, dropout: 0.4, generator: generator);
        y.Backward(gy);
        generator.Base = state;
        var keep = Tensor.Bernoulli(
            new Shape(1, 2, queries, keys), 0.6, DType.Float64, generator) / 0.6;
        var z = Make();
        var scores = z[0].MatMul(z[1].SwapAxes(2, 3)) / Math.Sqrt(8);
        if (causal)
        {
            scores = Tensor.Where(Tensor.Ones(queries, keys).Tril().To(DType.Bool), scores,
                double.NegativeInfinity);
        }
        var expected = (scores.Softmax() * keep).MatMul(z[2]);
        expected.Backward(gy);
        Assert.All((y - expected).Detach().ToArray<double>(), d => Assert.Equal(0, d, 1e-11));
        for (var i = 0; i < 3; i++)
        {
            Assert.All((x[i].Grad! - z[i].Grad!).ToArray<double>(),
                d => Assert.Equal(0, d, 1e-10));
        }
    }

    [Fact]
    public void A_mask_must_broadcast() => Assert.Contains(
        "the mask must broadcast to (N, heads, T, S) = (1, 1, 2, 3), but is (1, 1, 2, 2)",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(1, 1, 2, 4).ScaledDotProductAttention(
            Tensor.Zeros(1, 1, 3, 4), Tensor.Zeros(1, 1, 3, 4), Tensor.Zeros(2, 2))).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Fails("ScaledDotProductAttention expects q (N, heads, T, D), k (N, heads, S, D) and v",
            () => Tensor.Ones(2, 3, 4).ScaledDotProductAttention(
                Tensor.Ones(2, 3, 4), Tensor.Ones(2, 3, 4)));
        Fails("ScaledDotProductAttention drops with a probability in [0, 1), not 1",
            () => Tensor.Ones(1, 1, 2, 2).ScaledDotProductAttention(Tensor.Ones(1, 1, 2, 2),
                Tensor.Ones(1, 1, 2, 2), dropout: 1));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
