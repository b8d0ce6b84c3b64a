using Nabla.Training;

namespace Nabla.Tests.Training;

public class CallbackTests
{
    [Fact]
    public void Every_moment_comes_in_its_order()
    {
        var seen = new Recorder();
        new TinyRun(new TrainerOptions { Epochs = 2 }, seen).Trainer.Fit(TinyRun.Data(batch: 20));
        Assert.Equal(
            ["fit start", "epoch start", "step", "step", "epoch end", "epoch start", "step",
                "step", "epoch end", "fit end"],
            seen.Moments);
    }

    [Fact]
    public void One_that_overrides_nothing_has_nothing_to_remember()
    {
        var silent = new Silent();
        new TinyRun(new TrainerOptions { Epochs = 1 }, silent).Trainer.Fit(TinyRun.Data());
        Assert.Null(silent.Save());
        Assert.Equal("Silent", silent.Name);
    }

    private sealed class Silent : Callback;
}
