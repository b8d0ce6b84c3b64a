using Nabla.Training;

namespace Nabla.Tests.Training;

public class EarlyStoppingTests
{
    [Fact]
    public void A_run_ends_when_the_loss_stops_falling()
    {
        var progress = new TrainingProgress(10, 1, []);
        var stopping = new EarlyStopping(patience: 2);
        foreach (var (loss, stops) in new[] { (3.0, false), (2, false), (2, false), (1.9, false),
            (2.5, false), (1.95, true) })
        {
            Epoch(progress, stopping, loss);
            Assert.Equal(stops, progress.StopReason is not null);
        }
        Assert.Equal("the loss has not fallen for 2 epochs", progress.StopReason);
    }

    [Fact]
    public void What_it_remembers_is_kept_in_checkpoints()
    {
        var progress = new TrainingProgress(10, 1, []);
        var first = new EarlyStopping(patience: 3);
        Epoch(progress, first, 1.0);
        Epoch(progress, first, 2.0);
        Epoch(progress, first, 2.0);
        var second = new EarlyStopping(patience: 3);
        second.Load(first.Save()!);
        Epoch(progress, second, 1.5);
        Assert.NotNull(progress.StopReason);
        var ended = new TrainingProgress(10, 1, []);
        second.OnFitStart(ended);
        Assert.NotNull(ended.StopReason);
    }

    [Fact]
    public void The_trainer_ends_there()
    {
        var seen = new Recorder();
        var run = new TinyRun(new TrainerOptions { Epochs = 50 }, new Rising(), seen);
        Assert.Equal(2, run.Trainer.Fit(TinyRun.Data()).Epoch);
        Assert.Equal(2, seen.Moments.Count(m => m == "epoch end"));
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(1, double.NaN));
    }

    private static void Epoch(TrainingProgress progress, EarlyStopping stopping, double loss)
    {
        progress.Train.Reset();
        progress.Train.Add(1, loss, []);
        stopping.OnEpochEnd(progress);
    }

    private sealed class Rising : Callback
    {
        private int _epochs;

        public override void OnEpochEnd(TrainingProgress progress) =>
            progress.StopReason = ++_epochs == 2 ? "enough" : null;
    }
}
