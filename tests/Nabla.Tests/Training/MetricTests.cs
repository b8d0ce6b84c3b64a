using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Training;

namespace Nabla.Tests.Training;

public class MetricTests
{
    [Fact]
    public void A_metric_of_ones_own_is_measured_beside_the_loss()
    {
        var run = new TinyRun(new TrainerOptions { Epochs = 1, Metrics = [new Spread()] });
        var progress = run.Trainer.Fit(TinyRun.Data(), TinyRun.Validation());
        Assert.True(progress.Train["spread"] > 0);
        Assert.True(progress.Validation!["spread"] > 0);
        Assert.False(progress.Train.Has("accuracy"));
    }

    private sealed class Spread : Metric
    {
        public override string Name => "spread";

        public override Tensor Sum(Tensor prediction, Tensor target) =>
            (prediction.Amax(1) - prediction.Amin(1)).Sum();
    }
}
