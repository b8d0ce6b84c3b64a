using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class BatchNormFoldingTests
{
    private readonly Tensor _mean = Tensor.Randn(6);
    private readonly Tensor _variance = Tensor.Rand(6) + 0.5;
    private readonly Tensor _weight = Tensor.Randn(6);
    private readonly Tensor _bias = Tensor.Randn(6);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_convolution_takes_the_normalization_after_it(bool bias, bool affine)
    {
        var (w, b) = (Tensor.Randn(6, 2, 3, 3), bias ? Tensor.Randn(6) : null);
        Check(x => Normalize(x.Conv2d(w, b, padding: 1, groups: 2), affine),
            Tensor.Randn(2, 4, 5, 7), "Conv2d");
    }

    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(false, false, 1)]
    [InlineData(true, true, 2)]
    [InlineData(false, true, 3)]
    public void A_transposed_convolution_takes_the_normalization_after_it(
        bool bias, bool affine, int groups)
    {
        var (w, b) = (Tensor.Randn(12, 6 / groups, 3, 2), bias ? Tensor.Randn(6) : null);
        Check(x => Normalize(x.ConvTranspose2d(w, b, 2, 1, groups: groups), affine),
            Tensor.Randn(2, 12, 5, 7), "ConvTranspose2d");
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_linear_layer_takes_the_normalization_after_it(bool bias, bool affine)
    {
        var (w, b) = (Tensor.Randn(6, 5), bias ? Tensor.Randn(6) : null);
        Check(x => Normalize(x.Linear(w, b), affine), Tensor.Randn(9, 5), "Linear");
    }

    [Fact]
    public void An_output_that_something_else_reads_is_left_alone()
    {
        var w = Tensor.Randn(6, 5);
        var graph = Run(x => { var y = x.Linear(w); return Normalize(y, true) + y; },
            Tensor.Randn(9, 5));
        Assert.Equal(["Linear", "BatchNormInference", "Add"], graph.Names());
    }

    [Fact]
    public void Weights_that_are_no_constants_are_left_alone()
    {
        var graph = Run(x => Normalize(x.Linear(x[..6] * 2), true), Tensor.Randn(9, 5));
        Assert.Contains("BatchNormInference", graph.Names());
    }

    private static Graph Run(Func<Tensor, Tensor> function, Tensor x) =>
        new ConstantFolding().Run(new BatchNormFolding().Run(
            new Freezing().Run(Traces.Of(i => function(i[0]), x))));

    [Fact]
    public void Large_weights_are_scaled_where_they_are_used()
    {
        var w = Tensor.Randn(6, 20, 25, 25);
        var x = Tensor.Randn(1, 20, 26, 26);
        var graph = Run(i => Normalize(i.Conv2d(w), true), x);
        Assert.Equal(["Mul", "Conv2d"], graph.Names());
        var y = graph.Replay(x);
        var bound = 1e-5 * Tensor.From(y).Abs().Max().Item();
        Assert.InRange(Distance(Normalize(x.Conv2d(w), true).Flatten(0), y), 0, bound);
        graph = new DeadCode().Run(new LayoutAssignment().Run(graph));
        Assert.Equal(["ChannelsLastConv2d", "Permute", "Dense"],
            graph.Names().SkipWhile(n => n is "Permute" or "Dense"));
        Assert.InRange(Distance(Tensor.From(graph.Replay(x)), y), 0, bound);

        static double Distance(Tensor a, float[] b) => (a - Tensor.From(b)).Abs().Max().Item();
    }

    private static void Check(Func<Tensor, Tensor> function, Tensor x, string layer)
    {
        var before = Traces.Of(i => function(i[0]), x);
        Assert.Equal([layer, "BatchNormInference"], before.Names());
        var after = Run(function, x);
        Assert.Equal([layer], after.Names());
        Assert.Contains("constant0, constant1", after.ToString());
        var expected = function(x).ToArray<float>();
        var actual = after.Replay(x);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 2e-5f * (1 + Math.Abs(expected[i])));
        }
    }

    private Tensor Normalize(Tensor x, bool affine) => affine
        ? x.BatchNormInference(_mean, _variance, _weight, _bias)
        : x.BatchNormInference(_mean, _variance);
}
