using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class TransformerEncoderLayerTests : OpTests
{
    private const string Torch = """
        m = torch.nn.TransformerEncoderLayer(4, 2, 6, 0.0, {0}).to(x0.dtype)
        for p, w in zip(m.parameters(), [x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12]):
            p.data.copy_(w)
        return m(x0)
        """;

    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("encoder layer",
            x => new TransformerEncoderLayer(4, 2, 6, 0).To(x[0].DType).With(x[1..]).Call(x[0]),
            Torch.Replace("{0}", "'relu'"), [Inputs.Normal(3, 2, 4), .. Weights])
            { Tolerance = 1e-4, TwiceDifferentiable = false, Capturable = false },
        new OpCase("encoder layer, norm first",
            x => new TransformerEncoderLayer(4, 2, 6, 0, "gelu", batchFirst: true, normFirst: true)
                .To(x[0].DType).With(x[1..]).Call(x[0]),
            Torch.Replace("{0}", "'gelu', batch_first=True, norm_first=True"),
            [Inputs.Normal(2, 3, 4), .. Weights])
            { Tolerance = 1e-4, TwiceDifferentiable = false, Capturable = false },
    ];

    private static Input[] Weights =>
    [
        Inputs.Normal(12, 4).Constant(), Inputs.Normal(12).Constant(),
        Inputs.Normal(4, 4).Constant(), Inputs.Normal(4).Constant(),
        Inputs.Normal(6, 4).Constant(), Inputs.Normal(6).Constant(),
        Inputs.Normal(4, 6).Constant(), Inputs.Normal(4).Constant(),
        Inputs.Normal(4).Constant(), Inputs.Normal(4).Constant(),
        Inputs.Normal(4).Constant(), Inputs.Normal(4).Constant(),
    ];

    [Fact]
    public void Names_are_PyTorchs() => Assert.Equal(
        ["self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight",
            "self_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight",
            "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"],
        new TransformerEncoderLayer(4, 2).StateDict().Keys);

    [Fact]
    public void An_unknown_activation_is_named() => Assert.Equal(
        "TransformerEncoderLayer: activation is \"relu\" or \"gelu\", got \"tanh\"",
        Assert.Throws<ArgumentException>(
            () => new TransformerEncoderLayer(4, 2, activation: "tanh")).Message);

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("TransformerEncoderLayer: dimFeedforward must be at least 1, got 0",
            () => new TransformerEncoderLayer(4, 2, 0));
        Throws("LayerNorm: epsilon must be a number from 0 up, got NaN",
            () => new TransformerEncoderLayer(4, 2, layerNormEpsilon: double.NaN));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
