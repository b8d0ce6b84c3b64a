using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class LayoutAssignmentTests
{
    private static readonly Tensor Stem;
    private static readonly Tensor W;
    private static readonly Tensor B;
    private static readonly Tensor Last;

    /// <summary>Before any trace: what a trace draws has no value.</summary>
    static LayoutAssignmentTests()
    {
        Stem = Tensor.Randn(8, 3, 3, 3);
        W = Tensor.Randn(8, 8, 3, 3);
        B = Tensor.Randn(8);
        Last = Tensor.Randn(5, 8);
    }

    public static TheoryData<string, Func<Tensor, Tensor>, string> Cases => new()
    {
        { "stem", x => First(x), "ChannelsLastConv2d Permute Dense" },
        { "chain", x => Next(First(x)), "ChannelsLastConv2d ChannelsLastConv2d Permute Dense" },
        { "pools", x => First(x).MaxPool2d(2).AdaptiveAvgPool2d(2),
            "ChannelsLastConv2d ChannelsLastMaxPool2d ChannelsLastAdaptiveAvgPool2d Permute Dense"
        },
        { "elementwise", x => Next((First(x) * 2).Sigmoid()),
            "ChannelsLastConv2d Mul Sigmoid ChannelsLastConv2d Permute Dense" },
        { "classifier", x => First(x).AdaptiveAvgPool2d(1).Flatten(1).Linear(Last),
            "ChannelsLastConv2d ChannelsLastAdaptiveAvgPool2d Reshape Linear" },
        { "transposed", x => Next(First(x).ConvTranspose2d(W, B, 2)),
            "ChannelsLastConv2d ChannelsLastConvTranspose2d ChannelsLastConv2d Permute Dense" },
        { "narrow groups", x => First(x).ConvTranspose2d(W[.., ..1], groups: 8),
            "ChannelsLastConv2d Slice Permute Dense ConvTranspose2d" },
        { "flatten", x => First(x).Flatten(1), "ChannelsLastConv2d Permute Dense Reshape" },
        { "both layouts", x => { var y = First(x); return Next(y).Sum() + y.Cos(); },
            "ChannelsLastConv2d ChannelsLastConv2d Permute Dense Sum ChannelsLastConv2d" },
        { "cat", x => Tensor.Cat([First(x), First(x)], 1),
            "ChannelsLastConv2d ChannelsLastConv2d Cat Permute Dense" },
        { "other weights", x => x.Conv2d(x[..1, .., ..2, ..2]), "Slice Conv2d" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Convolutions_and_what_lies_between_turn_channels_last(
        string name, Func<Tensor, Tensor> function, string ops)
    {
        var x = Tensor.Randn(2, 3, 10, 9);
        var graph = new LayoutAssignment().Run(
            new Freezing().Run(Traces.Of(i => function(i[0]), x)));
        if (name is not ("both layouts" or "other weights"))
        {
            Assert.Equal(ops.Split(' '), graph.Names());
        }
        var expected = function(x).ToArray<float>();
        var actual = graph.Replay(x);
        var size = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-5f * size, $"{name}, element {i}");
        }
    }

    [Fact]
    public void Many_channels_are_reordered_before_their_convolution()
    {
        var x = Tensor.Randn(2, 8, 10, 9);
        var graph = new LayoutAssignment().Run(
            new Freezing().Run(Traces.Of(i => Next(i[0]) + i[0], x)));
        Assert.Equal(["Permute", "Dense", "ChannelsLastConv2d", "Add", "Permute", "Dense"],
            graph.Names());
        Assert.True((Next(x) + x - Tensor.From(graph.Replay(x)).Reshape(x.Shape))
            .Abs().Max().Item() < 1e-4);
    }

    [Fact]
    public void The_listing_shows_the_layout()
    {
        var graph = Traces.Of(i => First(i[0]), Tensor.Randn(2, 3, 10, 9));
        Assert.Contains("%0: float32 (2, 8, 10, 9) = Conv2d(input0, state0", graph.ToString());
        graph = new LayoutAssignment().Run(new Freezing().Run(graph));
        Assert.Contains("%0: float32 (2, 10, 9, 8) = ChannelsLastConv2d(input0, constant0",
            graph.ToString());
    }

    private static Tensor First(Tensor x) => x.Conv2d(Stem, B, padding: 1);

    private static Tensor Next(Tensor x) => x.Conv2d(W, padding: 1);
}
