using Nabla.Training;

namespace Nabla.Tests.Training;

public class TrainerOptionsTests
{
    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Contains("but got 0", Message(new TrainerOptions { Epochs = 0 }));
        Assert.Contains("but got -2", Message(new TrainerOptions { CheckpointEvery = -2 }));
        Assert.Contains("but got 0", Message(new TrainerOptions { KeepCheckpoints = 0 }));
    }

    private static string Message(TrainerOptions options) =>
        Assert.Throws<ArgumentException>(() => new TinyRun(options)).Message;
}
