using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class InvertedResidualFusionTests
{
    private static readonly Tensor Stem;
    private static readonly Tensor Wide;
    private static readonly Tensor Each;
    private static readonly Tensor Five;
    private static readonly Tensor Narrow;
    private static readonly Tensor Dense;

    /// <summary>Before any trace: what a trace draws has no value.</summary>
    static InvertedResidualFusionTests()
    {
        Stem = Tensor.Randn(4, 3, 3, 3);
        Wide = Tensor.Randn(20, 4, 1, 1);
        Each = Tensor.Randn(20, 1, 3, 3);
        Five = Tensor.Randn(20, 1, 5, 5);
        Narrow = Tensor.Randn(4, 20, 1, 1);
        Dense = Tensor.Randn(4, 20, 3, 3);
    }

    public static TheoryData<string, Func<Tensor, Tensor>, string> Cases => new()
    {
        { "three layers", x => Project(Middle(Widen(x))), "InvertedResidual" },
        { "with a shortcut", x => x + Project(Middle(Widen(x))), "InvertedResidual" },
        { "stride 2", x => Project(Middle(Widen(x), 2)), "InvertedResidual" },
        { "without widening", x => Project(Middle(Tensor.Cat([x, x, x, x, x], 1))),
            "Cat InvertedResidual" },
        { "two blocks", x => Project(Middle(Widen(Project(Middle(Widen(x)))))),
            "InvertedResidual InvertedResidual" },
        { "wide values are read twice",
            x => { var y = Widen(x); return Project(Middle(y)) + y[.., ..4].Clone(); }, "" },
        { "the middle is read twice",
            x => { var y = Middle(Widen(x)); return Project(y) + Project(y.Relu()); }, "" },
        { "other windows", x => Project(Widen(x).Conv2d(Five, padding: 2, groups: 20)),
            "Conv2d Conv2d Conv2d" },
        { "a dense layer after it", x => Middle(Widen(x)).Conv2d(Dense, padding: 1),
            "Conv2d Conv2d Conv2d" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_depthwise_layer_takes_its_neighbours(
        string name, Func<Tensor, Tensor> function, string ops)
    {
        var x = Tensor.Randn(2, 3, 10, 9);
        Tensor Whole(Tensor image) => function(image.Conv2d(Stem, padding: 1));
        Graph Layers() => new LayoutAssignment().Run(new EpilogueFusion().Run(
            new Freezing().Run(Traces.Of(i => Whole(i[0]), x))));
        var graph = new InvertedResidualFusion().Run(new DeadCode().Run(Layers()));
        if (ops.Length > 0)
        {
            string[] expected = ["Conv2d", .. ops.Split(' '), "Permute", "Dense"];
            Assert.Equal(expected, graph.Names().Select(n => n.Replace("ChannelsLast", "")));
        }
        Assert.True(Layers().Replay(x).AsSpan().SequenceEqual(graph.Replay(x)), name);
    }

    private static Tensor Widen(Tensor x) => x.Conv2d(Wide).Clamp(0, 6);

    private static Tensor Middle(Tensor x, int stride = 1) =>
        x.Conv2d(Each, null, stride, 1, groups: 20).Relu();

    private static Tensor Project(Tensor x) => x.Conv2d(Narrow);
}
