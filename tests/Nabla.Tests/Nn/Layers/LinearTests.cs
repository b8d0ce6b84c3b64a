using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class LinearTests
{
    [Fact]
    public void It_multiplies_by_the_transposed_weight_and_adds_the_bias()
    {
        var layer = new Linear(2, 3).With(
            Tensor.From(new[,] { { 1f, 2f }, { 3f, 4f }, { 5f, 6f } }), Tensor.From(1f, 0f, -1f));
        Assert.Equal([4f, 7f, 10f], layer.Call(Tensor.From(1f, 1f)).ToArray<float>());
        Assert.Equal(new Shape(4, 5, 3), layer.Call(Tensor.Zeros(4, 5, 2)).Shape);
    }

    [Fact]
    public void First_weights_are_PyTorchs()
    {
        // U(−1/√in, 1/√in) has the variance 1 / (3·in).
        var layer = new Linear(64, 500);
        var bound = 1 / Math.Sqrt(64);
        Assert.All(layer.Weight.ToArray<float>(), w => Assert.InRange(w, -bound, bound));
        Assert.All(layer.Bias!.ToArray<float>(), b => Assert.InRange(b, -bound, bound));
        var variance = layer.Weight.Square().Mean().Item();
        Assert.InRange(variance, 0.95 / (3 * 64), 1.05 / (3 * 64));
    }

    [Fact]
    public void The_bias_may_be_left_out()
    {
        var layer = new Linear(2, 3, bias: false);
        Assert.Null(layer.Bias);
        Assert.Equal(["weight"], layer.StateDict().Keys);
        Assert.Equal("Linear(in_features=2, out_features=3, bias=False)", layer.ToString());
    }

    [Fact]
    public void A_lazy_layer_takes_its_size_from_the_first_input()
    {
        var layer = Linear.Lazy(3);
        Assert.Equal("Linear(in_features=?, out_features=3)", layer.ToString());
        Assert.Equal(new Shape(4, 3), layer.Call(Tensor.Zeros(4, 7)).Shape);
        Assert.Equal(new Shape(3, 7), layer.Weight.Shape);
        Assert.Equal(new Shape(3), layer.Bias!.Shape);
        Assert.Throws<ArgumentException>(() => layer.Call(Tensor.Zeros(4, 8)));
    }

    [Fact]
    public void A_lazy_layer_may_take_its_size_from_a_state_dict()
    {
        var (saved, loaded) = (new Linear(7, 3), Linear.Lazy(3));
        loaded.LoadStateDict(saved.StateDict());
        var x = LayerCheck.Wave(2, 7);
        Assert.Equal(saved.Call(x).ToArray<float>(), loaded.Call(x).ToArray<float>());
    }

    [Fact]
    public void A_lazy_layer_must_have_its_size_before_a_capture()
    {
        var layer = Linear.Lazy(3);
        var error = Assert.Throws<GraphBreakException>(
            () => Capture.Trace(x => [layer.Call(x[0])], Tensor.Zeros(4, 7)));
        Assert.Contains("call the network once before it is captured", error.Message);
        Assert.True(layer.Weight.IsDeferred);
    }

    [Fact]
    public void It_survives_save_and_load() =>
        LayerCheck.SurvivesSaveAndLoad(() => new Linear(3, 4), LayerCheck.Wave(2, 3));

    [Fact]
    public void Multiply_adds_are_counted() => Assert.Equal(32 * 10 * 784,
        new Linear(784, 10).MultiplyAdds(new Shape(32, 784), new Shape(32, 10)));

    [Fact]
    public void Wrong_inputs_are_named()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new Linear(784, 10).Call(Tensor.Zeros(32, 28, 28)));
        Assert.Equal("Linear expects (…, 784) but got (32, 28, 28); flatten first?",
            error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Linear(0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Linear(10, 0));
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Throws("Linear: inFeatures must be at least 1, got 0", () => new Linear(0, 3));
        Throws("Linear: outFeatures must be at least 1, got -1", () => new Linear(3, -1));
        Throws("Linear expects (…, in) but got (), which has no features",
            () => Linear.Lazy(3).Call(Tensor.Scalar(1f)));
        Throws("Linear computes in float32 or float64 but got int64; convert with To(",
            () => new Linear(3, 2).Call(Tensor.Arange(3)));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
