using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Models.Tests;

public class CharModelTests
{
    public static TheoryData<string, int> Known => new()
    {
        // 64·128 + gates·(256·128 + 256·256 + 2·256) + 256·64 + 64.
        { "rnn", 123_456 }, { "gru", 321_088 }, { "lstm", 419_904 },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void It_has_the_size_and_names_that_PyTorch_gives_it(string layer, int parameters)
    {
        var model = Make(layer);
        Assert.Equal(parameters, model.Parameters().Sum(p => p.Count));
        Assert.Equal(
            ["embedding.weight", "head.bias", "head.weight", $"{layer}.bias_hh_l0",
                $"{layer}.bias_ih_l0", $"{layer}.weight_hh_l0", $"{layer}.weight_ih_l0"],
            model.StateDict().Keys.OrderBy(n => n.StartsWith(layer)).ThenBy(n => n,
                StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void It_learns_what_follows_what(string layer, int parameters)
    {
        Assert.True(parameters > 0);
        Generator.ManualSeed(2);
        var model = Make(layer);
        var ids = Tensor.From([.. Enumerable.Range(0, 24).Select(i => (long)(i * 5 % 64))],
            new Shape(8, 3));
        var next = Tensor.From([.. Enumerable.Range(0, 24).Select(i => (long)((i + 1) % 64))]);
        var optimizer = new Adam(model, 3e-3);
        var loss = new CrossEntropyLoss();
        var losses = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            optimizer.ZeroGrad();
            var logits = model.Call(ids);
            Assert.Equal(new Shape(8, 3, 64), logits.Shape);
            var l = loss.Call((logits.Flatten(0, 1), next));
            l.Backward();
            optimizer.Step();
            losses.Add(l.Item());
        }
        Assert.True(losses[^1] < 0.8 * losses[0], string.Join(", ", losses));
    }

    [Fact]
    public void Ids_of_another_rank_are_refused()
    {
        var e = Assert.Throws<ArgumentException>(
            () => new CharGru().Call(Tensor.From([1L, 2, 3])));
        Assert.Equal("CharGru expects ids of (T, N) but got (3)", e.Message.Replace(",)", ")"));
    }

    private static CharModel Make(string layer) => layer switch
    {
        "rnn" => new CharRnn(),
        "gru" => new CharGru(),
        _ => new CharLstm(),
    };
}
