using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class TransformerEncoderTests
{
    private static TransformerEncoder Make() => new(
        () => new TransformerEncoderLayer(4, 2, 6, batchFirst: true), 2, new LayerNorm(4));

    [Fact]
    public void It_survives_save_and_load() =>
        LayerCheck.SurvivesSaveAndLoad(Make, LayerCheck.Wave(2, 3, 4));

    [Fact]
    public void A_causal_encoder_does_not_look_ahead()
    {
        var encoder = Make();
        encoder.Eval();
        var x = LayerCheck.Wave(1, 5, 4);
        var whole = encoder.Encode(x, isCausal: true).Narrow(1, 0, 3).ToArray<float>();
        var part = encoder.Encode(x.Narrow(1, 0, 3), isCausal: true).ToArray<float>();
        Assert.All(whole.Zip(part), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Names_are_PyTorchs()
    {
        var names = Make().StateDict().Keys;
        Assert.Contains("layers.1.self_attn.in_proj_weight", names);
        Assert.Contains("norm.bias", names);
        Assert.Equal(26, names.Count());
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("TransformerEncoder: numLayers must be at least 1, got 0",
            () => new TransformerEncoder(() => new TransformerEncoderLayer(4, 2), 0));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
