using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class RecurrentLayerTests
{
    [Fact]
    public void A_single_sequence_needs_no_batch()
    {
        var lstm = new LSTM(3, 4);
        var x = LayerCheck.Wave(5, 3);
        var (y, (h, c)) = lstm.Call(x);
        Assert.Equal((new Shape(5, 4), new Shape(1, 4), new Shape(1, 4)),
            (y.Shape, h.Shape, c.Shape));
        var batch = lstm.Call(x.Unsqueeze(1)).Output;
        Assert.Equal(batch.ToArray<float>(), y.ToArray<float>());
        Assert.Equal(y[-1].ToArray<float>(), h[0].ToArray<float>());
    }

    [Fact]
    public void A_sequence_may_go_on_from_the_states_of_its_first_part()
    {
        var lstm = new LSTM(3, 4, numLayers: 2);
        var x = LayerCheck.Wave(6, 2, 3);
        var whole = lstm.Call(x).Output;
        var (_, state) = lstm.Call(x[..4]);
        var rest = lstm.Call((x[4..], state)).Output;
        Assert.Equal(whole[4..].ToArray<float>(), rest.ToArray<float>());
    }

    [Fact]
    public void Dropout_is_between_layers_and_only_in_training()
    {
        var lstm = new LSTM(3, 4, numLayers: 2, dropout: 1);
        var x = LayerCheck.Wave(3, 2, 3);
        var dropped = lstm.Call(x).Output.ToArray<float>();
        Assert.NotEqual(dropped, lstm.Eval().Call(x).Output.ToArray<float>());
        Assert.All(lstm.Call(x).State.H.ToArray<float>(), v => Assert.NotEqual(0, v));
    }

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("LSTM expects (T, N, 3) or (T, 3) but got (2, 4)",
            () => new LSTM(3, 4).Call(Tensor.Zeros(2, 4)));
        Throws("LSTM expects (N, T, 3) or (T, 3) but got (2, 2, 4)",
            () => new LSTM(3, 4, batchFirst: true).Call(Tensor.Zeros(2, 2, 4)));
        Throws("LSTM expects first states of shape (1, 2, 4) but got (2, 4)",
            () => new LSTM(3, 4).Call(
                (Tensor.Zeros(5, 2, 3), (Tensor.Zeros(2, 4), Tensor.Zeros(2, 4)))));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LSTM(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LSTM(3, 4, dropout: 2));
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("LSTM: inputSize must be at least 1, got 0", () => new LSTM(0, 3));
        Throws("GRU: hiddenSize must be at least 1, got 0", () => new GRU(3, 0));
        Throws("RNN: numLayers must be at least 1, got 0", () => new RNN(2, 3, 0));
        Throws("LSTM: dropout must lie in [0, 1], got NaN",
            () => new LSTM(2, 3, dropout: double.NaN));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    private static void Throws(string part, Action action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
