using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class MultiheadAttentionTests : OpTests
{
    private const string Torch =
        "F.multi_head_attention_forward({0}, 6, 2, x3, x4, None, None, False, 0.0, x5, x6, "
        + "need_weights=False)[0]";

    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("multi-head attention",
            x => new MultiheadAttention(6, 2).To(x[0].DType).With(x[3..])
                .Call((x[0], x[1], x[2])),
            string.Format(Torch, "x0, x1, x2"),
            [Inputs.Normal(4, 2, 6), Inputs.Normal(5, 2, 6), Inputs.Normal(5, 2, 6), .. Weights])
            { Tolerance = 2e-5, TwiceDifferentiable = false, Capturable = false },
        new OpCase("multi-head attention with the batch first",
            x => new MultiheadAttention(6, 2, batchFirst: true).To(x[0].DType).With(x[3..])
                .Call((x[0], x[1], x[2])),
            string.Format(Torch, "x0.transpose(0, 1), x1.transpose(0, 1), x2.transpose(0, 1)")
                + ".transpose(0, 1)",
            [Inputs.Normal(2, 4, 6), Inputs.Normal(2, 5, 6), Inputs.Normal(2, 5, 6), .. Weights])
            { Tolerance = 2e-5, TwiceDifferentiable = false, Capturable = false },
    ];

    private static Input[] Weights =>
    [
        Inputs.Normal(18, 6).Constant(), Inputs.Normal(18).Constant(),
        Inputs.Normal(6, 6).Constant(), Inputs.Normal(6).Constant(),
    ];

    [Fact]
    public void Names_are_PyTorchs() => Assert.Equal(
        ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"],
        new MultiheadAttention(6, 2).StateDict().Keys);

    [Fact]
    public void Heads_must_divide_the_features() => Assert.Equal(
        "MultiheadAttention: 6 features do not split into 4 equal heads",
        Assert.Throws<ArgumentException>(() => new MultiheadAttention(6, 4)).Message);

    [Fact]
    public void Wrong_inputs_are_named() => Assert.Equal(
        "MultiheadAttention expects (T, N, 6) but got (3, 2, 5)",
        Assert.Throws<ArgumentException>(
            () => new MultiheadAttention(6, 2).Attend(Tensor.Zeros(3, 2, 5))).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("MultiheadAttention: embedDim must be at least 1, got 0",
            () => new MultiheadAttention(0, 1));
        Throws("MultiheadAttention: numHeads must be at least 1, got 0",
            () => new MultiheadAttention(4, 0));
        Throws("MultiheadAttention drops with a probability in [0, 1), not 1",
            () => new MultiheadAttention(4, 2, 1));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
