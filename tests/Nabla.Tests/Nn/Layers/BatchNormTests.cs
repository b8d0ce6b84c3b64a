using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn.Layers;

public class BatchNormTests
{
    [Fact]
    public void Names_are_PyTorchs() => Assert.Equal(
        ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"],
        new BatchNorm2d(3).StateDict().Keys);

    [Fact]
    public void Running_statistics_follow_the_batches()
    {
        // By hand: mean 3, unbiased variance 14/3; r ← 0.75·r + 0.25·new.
        var layer = new BatchNorm1d(1, momentum: 0.25);
        layer.Call(Tensor.From([1f, 2f, 3f, 6f], new Shape(4, 1)));
        Assert.Equal(0.75f, layer.RunningMean!.Item(), 1e-6f);
        Assert.Equal(0.75f + (14f / 12), layer.RunningVar!.Item(), 1e-6f);
        Assert.Equal(1, layer.NumBatchesTracked!.Item<long>());
    }

    [Fact]
    public void Without_momentum_every_batch_counts_the_same()
    {
        var layer = new BatchNorm1d(1, momentum: null);
        layer.Call(Tensor.From([0f, 2f], new Shape(2, 1)));
        layer.Call(Tensor.From([4f, 6f], new Shape(2, 1)));
        Assert.Equal(3f, layer.RunningMean!.Item(), 1e-6f);
        Assert.Equal(2f, layer.RunningVar!.Item(), 1e-6f);
    }

    [Fact]
    public void In_use_running_statistics_normalize_and_stay()
    {
        var layer = new BatchNorm1d(1, epsilon: 0).Eval();
        layer.RunningMean!.Assign(1);
        layer.RunningVar!.Assign(4);
        Assert.Equal([0f, 2f], layer.Call(Tensor.From([1f, 5f], new Shape(2, 1))).ToArray<float>());
        Assert.Equal(1f, layer.RunningMean!.Item());
        Assert.Equal(0, layer.NumBatchesTracked!.Item<long>());
    }

    [Fact]
    public void Without_running_statistics_the_batch_normalizes_always()
    {
        var layer = new BatchNorm1d(1, epsilon: 0, trackRunningStats: false).Eval();
        Assert.Equal([-1f, 1f],
            layer.Call(Tensor.From([1f, 5f], new Shape(2, 1))).ToArray<float>());
        Assert.Equal(["weight", "bias"], layer.StateDict().Keys);
    }

    [Fact]
    public void Running_statistics_move_in_a_captured_step_too()
    {
        var (eager, captured) = (new BatchNorm2d(2), new BatchNorm2d(2));
        var step = new CapturedStep(x => [captured.Call(x[0])]);
        var x = LayerCheck.Wave(3, 2, 2, 2);
        for (var i = 0; i < 3; i++)
        {
            var expected = eager.Call(x).ToArray<float>();
            var actual = step.Run(x)[0].ToArray<float>();
            Assert.True(step.WasCaptured, step.BreakReason);
            Assert.All(expected.Zip(actual),
                pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
        Assert.Equal(3, captured.NumBatchesTracked!.Item<long>());
        Assert.All(eager.RunningVar!.ToArray<float>().Zip(captured.RunningVar!.ToArray<float>()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void A_state_dict_without_the_count_of_batches_is_complete()
    {
        var state = new BatchNorm2d(3).StateDict();
        state.Remove("num_batches_tracked");
        Assert.Empty(new BatchNorm2d(3).LoadStateDict(state).Missing);
    }

    [Fact]
    public void It_prints_its_settings()
    {
        Assert.Equal("BatchNorm2d(3, eps=1E-05, momentum=0.1)", new BatchNorm2d(3).ToString());
        Assert.EndsWith("affine=False, track_running_stats=False)",
            new BatchNorm2d(3, affine: false, trackRunningStats: false).ToString());
    }

    [Fact]
    public void Settings_out_of_range_and_other_shapes_are_named()
    {
        Throws("BatchNorm2d: features must be at least 1, got 0", () => new BatchNorm2d(0));
        Throws("BatchNorm1d: epsilon must be a number from 0 up, got NaN",
            () => new BatchNorm1d(3, double.NaN));
        Throws("BatchNorm1d: momentum must lie in [0, 1], got NaN",
            () => new BatchNorm1d(3, momentum: double.NaN));
        Throws("BatchNorm2d expects (N, 3, H, W) but got (2, 3)",
            () => new BatchNorm2d(3).Call(Tensor.Zeros(2, 3)));
        Throws("BatchNorm needs more than one value per channel to train, but got (0, 3)",
            () => new BatchNorm1d(3).Call(Tensor.Zeros(0, 3)));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
