using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class EpilogueFusionTests
{
    private static readonly Tensor W;
    private static readonly Tensor B;
    private static readonly ReLU6 Relu6 = new();

    /// <summary>Before any trace: what a trace draws has no value.</summary>
    static EpilogueFusionTests()
    {
        W = Tensor.Randn(4, 4, 3, 3);
        B = Tensor.Randn(4);
    }

    public static TheoryData<string, Func<Tensor, Tensor>, string> Cases => new()
    {
        { "relu", x => Conv(x).Relu(), "FusedConv2d" },
        { "relu6", x => Relu6.Call(Conv(x)), "FusedConv2d" },
        { "limits", x => Conv(x).Clamp(-1, 2), "FusedConv2d" },
        { "relu, then a limit", x => Conv(x).Relu().Clamp(high: 2), "FusedConv2d" },
        { "residual", x => Conv(x) + x, "FusedConv2d" },
        { "residual before", x => x + Conv(x), "FusedConv2d" },
        { "residual, relu", x => (Conv(x) + x).Relu(), "FusedConv2d" },
        { "transposed", x => (x.ConvTranspose2d(W, B, padding: 1) + x).Clamp(0, 6),
            "FusedConvTranspose2d" },
        { "two convolutions", x => (Conv(x) + Conv(x.Abs())).Relu(), "Abs Conv2d FusedConv2d" },
        { "residual after relu", x => Conv(x).Relu() + x, "FusedConv2d Add" },
        { "two additions", x => Conv(x) + x + x.Abs(), "FusedConv2d Abs Add" },
        { "another reader", x => { var y = Conv(x); return y.Relu() + y; }, "Conv2d Relu Add" },
        { "another condition", x => { var y = Conv(x); return Tensor.Where(y > x, 2, y); },
            "Conv2d Less Where" },
        { "a broadcast residual", x => Conv(x) + x[..1], "Slice Conv2d Add" },
        { "twice itself", x => { var y = Conv(x); return y + y; }, "Conv2d Add" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_layer_ends_with_what_follows_it(
        string name, Func<Tensor, Tensor> function, string ops)
    {
        var x = Tensor.Randn(2, 4, 5, 6);
        var graph = Capture.Trace(i => [function(i[0])], x);
        graph = new EpilogueFusion().Run(new CommonSubexpressions().Run(new Freezing().Run(graph)));
        Assert.Equal(ops.Split(' ').Order(), graph.Names().Order());
        var expected = function(x).ToArray<float>();
        var actual = graph.Replay(x);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i])
                <= 1e-5f * (1 + Math.Abs(expected[i])), $"{name}, element {i}");
        }
    }

    [Fact]
    public void The_listing_shows_what_was_fused()
    {
        var graph = Traces.Of(i => (Conv(i[0]) + i[0]).Relu(), Tensor.Randn(2, 4, 5, 6));
        Assert.Contains("Relu(%1)", graph.ToString());
        graph = new EpilogueFusion().Run(new Freezing().Run(graph));
        Assert.Contains("= FusedConv2d(input0, constant0, constant1, input0; Geometry = ",
            graph.ToString());
        Assert.Contains("HasResidual = True, Limits = Limits { Min = 0, Max = ", graph.ToString());
    }

    [Fact]
    public void A_result_of_the_graph_stays()
    {
        var graph = Capture.Trace(i =>
        {
            var y = Conv(i[0]);
            return [y, y.Relu()];
        }, Tensor.Randn(2, 4, 5, 6));
        Assert.Equal(["Conv2d", "Relu"], new EpilogueFusion().Run(graph).Names());
    }

    [Fact]
    public void Float64_is_left_alone()
    {
        var w = W.To(DType.Float64);
        var graph = Traces.Of(i => i[0].Conv2d(w).Relu(), Tensor.Randn(2, 4, 5, 6).To(w.DType));
        Assert.Equal(["Conv2d", "Relu"], new EpilogueFusion().Run(graph).Names());
    }

    private static Tensor Conv(Tensor x) => x.Conv2d(W, B, padding: 1);
}
