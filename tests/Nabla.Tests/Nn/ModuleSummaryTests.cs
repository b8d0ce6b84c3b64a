using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class ModuleSummaryTests
{
    [Fact]
    public void LeNet_5_has_the_figures_computed_by_hand()
    {
        var summary = ModuleSummary.Of(LeNet(), new Shape(1, 1, 28, 28));
        // 6·(5·5 + 1), 16·(6·5·5 + 1), 120·(400 + 1), 84·(120 + 1), 10·(84 + 1).
        Assert.Equal([156, 2416, 48_120, 10_164, 850],
            summary.Layers.Select(l => l.Parameters).Where(n => n > 0));
        // Outputs × taps: 6·28²·25, 16·10²·150, and the sizes of the three matrices.
        Assert.Equal([117_600, 240_000, 48_000, 10_080, 840],
            summary.Layers.Select(l => l.MultiplyAdds).Where(n => n > 0));
        Assert.Equal(61_706, summary.Parameters);
        Assert.Equal(416_520, summary.MultiplyAdds);
        Assert.Equal(["5", "5", "6", "14", "14", "16"],
            summary.Layers.Take(6).Select(l => $"{l.ReceptiveField?.Size.Height}"));
        Assert.All(summary.Layers.Skip(6), layer => Assert.Null(layer.ReceptiveField));
        Assert.Equal(new Shape(1, 16, 5, 5), summary.Layers[5].Output);
        // A view takes no memory: 2·6·28² + 6·14² + 2·16·10² + 16·5² + 2·120 + 2·84 + 10 floats.
        Assert.Equal(4 * (9408 + 1176 + 3200 + 400 + 240 + 168 + 10), summary.ActivationBytes);
        Assert.Equal(("6", "Flatten", 0L), (summary.Layers[6].Name, summary.Layers[6].Type,
            summary.Layers[6].ActivationBytes));
    }

    [Fact]
    public void A_batch_multiplies_work_and_memory_but_not_parameters()
    {
        var net = LeNet();
        var one = ModuleSummary.Of(net, new Shape(1, 1, 28, 28));
        var eight = ModuleSummary.Of(net, new Shape(8, 1, 28, 28));
        Assert.Equal(8 * one.MultiplyAdds, eight.MultiplyAdds);
        Assert.Equal(8 * one.ActivationBytes, eight.ActivationBytes);
        Assert.Equal(one.Parameters, eight.Parameters);
    }

    [Fact]
    public void Nothing_of_the_network_changes()
    {
        var norm = new BatchNorm2d(3);
        var net = new Sequential(new Conv2d(1, 3, 3), norm, new Dropout(0.5), new ReLU());
        norm.Eval();
        Generator.ManualSeed(4);
        var expected = Tensor.Rand(3).ToArray<float>();
        var before = net.StateDict().ToDictionary(p => p.Key, p => p.Value.Clone());
        Generator.ManualSeed(4);
        _ = ModuleSummary.Of(net, new Shape(2, 1, 5, 5));
        Assert.Equal(expected, Tensor.Rand(3).ToArray<float>());
        Assert.True(net.IsTraining);
        Assert.False(norm.IsTraining);
        Assert.True(net[2].IsTraining);
        foreach (var (name, tensor) in net.StateDict().Where(p => p.Value.DType.IsFloat))
        {
            Assert.Equal(before[name].ToArray<float>(), tensor.ToArray<float>());
        }
        Assert.Null(ModuleObserver.Current);
    }

    [Fact]
    public void The_longest_branch_decides_the_field_and_a_shared_layer_counts_once()
    {
        var summary = ModuleSummary.Of(new Branches(), new Shape(1, 2, 9, 9));
        // 3×3, then 3×3 again (the same layer), added to the input, then 5×5: 1 + 2 + 2 + 4.
        Assert.Equal([3, 5, 9], summary.Layers.Select(l => l.ReceptiveField!.Value.Size.Height));
        Assert.Equal([38, 0, 51], summary.Layers.Select(l => (int)l.Parameters));
        Assert.Equal(89, summary.Parameters);
        Assert.Equal(["twice", "twice", "last"], summary.Layers.Select(l => l.Name));
    }

    [Fact]
    public void Deferred_parameters_get_their_shapes_first()
    {
        var net = new Sequential(Conv2d.Lazy(4, 3), new Flatten(), Linear.Lazy(2));
        var summary = ModuleSummary.Of(net, new Shape(1, 3, 4, 4));
        Assert.Equal(4 * 28 + 2 * 17, summary.Parameters);
        Assert.Equal(3, summary.Layers[0].ReceptiveField!.Value.Size.Width);
    }

    [Fact]
    public void A_network_that_reads_values_is_summed_up_without_fields()
    {
        var summary = ModuleSummary.Of(new ReadsValues(), new Shape(1, 4));
        Assert.Equal(12, summary.MultiplyAdds);
        Assert.Null(Assert.Single(summary.Layers).ReceptiveField);
    }

    [Fact]
    public void An_input_that_does_not_fit_is_refused_and_modes_are_restored()
    {
        var net = LeNet();
        var e = Assert.Throws<ArgumentException>(
            () => ModuleSummary.Of(net, new Shape(1, 3, 28, 28)));
        Assert.Contains("(N, 1, H, W)", e.Message);
        Assert.True(net.IsTraining);
        Assert.Null(ModuleObserver.Current);
        Assert.False(Capture.IsActive);
    }

    [Fact]
    public void An_adaptive_pool_sees_its_share_of_the_image()
    {
        var net = new Sequential(new MaxPool2d(2), new AdaptiveAvgPool2d(1));
        var summary = ModuleSummary.Of(net, new Shape(1, 1, 8, 12));
        Assert.Equal(new Size2d(8, 12), summary.Layers[1].ReceptiveField!.Value.Size);
    }

    private static Sequential LeNet() => new(
        new Conv2d(1, 6, 5, padding: 2), new Sigmoid(), new AvgPool2d(2),
        new Conv2d(6, 16, 5), new Sigmoid(), new AvgPool2d(2), new Flatten(),
        new Linear(400, 120), new Sigmoid(), new Linear(120, 84), new Sigmoid(),
        new Linear(84, 10));

    private sealed class Branches : Module<Tensor, Tensor>
    {
        private readonly Conv2d _twice = new(2, 2, 3, padding: 1);
        private readonly Conv2d _last = new(2, 1, 5);

        protected override Tensor Forward(Tensor x) =>
            _last.Call(_twice.Call(_twice.Call(x)).Relu() + x);
    }

    private sealed class ReadsValues : Module<Tensor, Tensor>
    {
        private readonly Linear _net = new(4, 3);

        protected override Tensor Forward(Tensor x) =>
            x.Sum().Item() > 1 ? x : _net.Call(x);
    }
}
