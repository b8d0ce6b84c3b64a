using System.Text.Json.Nodes;
using Nabla.Training;

namespace Nabla.Tests.Training;

public class CheckpointStateTests
{
    private static readonly TrainerOptions Options = new()
    {
        Seed = 4,
        Identity = new Dictionary<string, string> { ["model"] = "lenet" },
    };

    [Fact]
    public void A_run_comes_back_to_where_it_was()
    {
        var progress = new TrainingProgress(10, 10, Options.Metrics)
        {
            Epoch = 2,
            StepInEpoch = 3,
            BestLoss = 0.1,
        };
        progress.Train.Add(8, 1.0 / 3, [5]);
        var state = Through(Save(progress));
        var back = new TrainingProgress(10, 10, Options.Metrics);
        CheckpointState.Load(state, back, Options, TinyRun.Data(), []);
        Assert.Equal((2, 3, 23, 0.1), (back.Epoch, back.StepInEpoch, back.ResumedFromStep,
            back.BestLoss));
        Assert.Equal(progress.Train.Loss, back.Train.Loss);
        Assert.Equal(0.625, back.Train["accuracy"]);
    }

    [Fact]
    public void Another_model_is_refused()
    {
        var state = Through(Save(new TrainingProgress(10, 10, Options.Metrics)));
        var other = Options with
        {
            Identity = new Dictionary<string, string> { ["model"] = "mlp" },
        };
        var progress = new TrainingProgress(10, 10, []);
        Assert.Contains("model is mlp, it was lenet", Assert.Throws<InvalidDataException>(
            () => CheckpointState.Load(state, progress, other, TinyRun.Data(), [])).Message);
    }

    [Fact]
    public void A_state_that_lacks_something_is_refused()
    {
        var state = Through(Save(new TrainingProgress(10, 10, Options.Metrics)));
        state.Remove("epoch");
        Assert.Throws<InvalidDataException>(() => CheckpointState.Load(
            state, new TrainingProgress(10, 10, []), Options, TinyRun.Data(), []));
    }

    [Fact]
    public void A_damaged_state_is_said_to_be_so()
    {
        var state = Through(Save(new TrainingProgress(10, 10, Options.Metrics)));
        state["epoch"] = "ten";
        Assert.Contains("the checkpoint's state.json is damaged: ",
            Assert.Throws<InvalidDataException>(() => CheckpointState.Load(
                state, new TrainingProgress(10, 10, []), Options, TinyRun.Data(), [])).Message);
    }

    private static JsonObject Save(TrainingProgress progress) =>
        CheckpointState.Save(progress, Options, TinyRun.Data(), [new EarlyStopping(2)]);

    private static JsonObject Through(JsonObject state) =>
        JsonNode.Parse(state.ToJsonString())!.AsObject();
}
