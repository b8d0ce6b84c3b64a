using Nabla.Training;

namespace Nabla.Tests.Training;

public class TrainingProgressTests
{
    [Fact]
    public void Steps_are_counted_over_all_epochs()
    {
        var progress = new TrainingProgress(4, 10, []) { Epoch = 2, StepInEpoch = 5 };
        Assert.Equal((25, 40), (progress.Step, progress.Steps));
    }

    [Fact]
    public void Before_the_first_step_nothing_is_known_of_the_time_left() =>
        Assert.Equal(TimeSpan.Zero, new TrainingProgress(4, 10, []).TimeLeft);

    [Fact]
    public void Samples_and_time_make_a_speed()
    {
        var progress = new TrainingProgress(2, 10, []) { StepInEpoch = 5 };
        progress.StartClock();
        Thread.Sleep(5);
        progress.StopClock();
        progress.Count(100);
        Assert.Equal(100 / progress.Seconds, progress.SamplesPerSecond, 1e-6);
        Assert.Equal(progress.Seconds * 3, progress.TimeLeft.TotalSeconds, 1e-4);
    }
}
