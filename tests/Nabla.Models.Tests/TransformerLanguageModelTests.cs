using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Models.Tests;

public class TransformerLanguageModelTests
{
    [Fact]
    public void It_has_the_size_and_names_that_PyTorch_gives_it()
    {
        var model = new TransformerLanguageModel();
        // 64·256 + 128·256 + 4·(4·256·256 + 2·256·1024 + 9·256 + 1024) + 256·64 + 64;
        // a layer's biases: 3·256 and 256 (attention), 1024 and 256, two norms of 2·256.
        Assert.Equal(3_224_640, model.Parameters().Sum(p => p.Count));
        Assert.Contains("encoder.layers.3.self_attn.in_proj_weight", model.StateDict().Keys);
        Assert.Contains("encoder.layers.0.norm2.bias", model.StateDict().Keys);
        Assert.Contains("positions", model.StateDict().Keys);
    }

    [Fact]
    public void A_token_does_not_see_what_follows()
    {
        Generator.ManualSeed(1);
        var model = new TransformerLanguageModel(
            vocabulary: 8, context: 6, width: 16, heads: 2, hidden: 32, layers: 2);
        model.Eval();
        using var noGrad = GradMode.NoGrad();
        var a = model.Call(Tensor.From([1L, 2, 3, 4, 5], new Shape(1, 5))).ToArray<float>();
        var b = model.Call(Tensor.From([1L, 2, 3, 7, 0], new Shape(1, 5))).ToArray<float>();
        Assert.Equal(a[..24], b[..24]);
        Assert.NotEqual(a[24..32], b[24..32]);
    }

    [Fact]
    public void It_learns_what_follows_what()
    {
        Generator.ManualSeed(2);
        var model = new TransformerLanguageModel(
            vocabulary: 8, context: 8, width: 32, heads: 2, hidden: 64, layers: 2, dropout: 0);
        var ids = Tensor.From([.. Enumerable.Range(0, 16).Select(i => (long)(i % 8))],
            new Shape(2, 8));
        var next = Tensor.From([.. Enumerable.Range(0, 16).Select(i => (long)((i + 1) % 8))]);
        var optimizer = new AdamW(model, 3e-3);
        var loss = new CrossEntropyLoss();
        var losses = new List<double>();
        for (var i = 0; i < 15; i++)
        {
            optimizer.ZeroGrad();
            var l = loss.Call((model.Call(ids).Flatten(0, 1), next));
            l.Backward();
            optimizer.Step();
            losses.Add(l.Item());
        }
        Assert.True(losses[^1] < 0.5 * losses[0], string.Join(", ", losses));
    }

    [Fact]
    public void A_sequence_beyond_the_context_is_refused() => Assert.Contains("T up to 6",
        Assert.Throws<ArgumentException>(() => new TransformerLanguageModel(
            vocabulary: 8, context: 6, width: 16, heads: 2, hidden: 32, layers: 1)
            .Call(Tensor.Zeros(new Shape(1, 7), DType.Int64))).Message);
}
