using System.Text.Json.Nodes;
using Nabla.Tests.Infrastructure;
using Nabla.Training;

namespace Nabla.Tests.Training;

public class EventLogTests
{
    [Fact]
    public void Each_line_is_an_event()
    {
        using var folder = new TempFolder();
        var path = folder["run", "events.jsonl"];
        new TinyRun(new TrainerOptions { Epochs = 2, Folder = folder["run"] }, new EventLog(path))
            .Trainer.Fit(TinyRun.Data(), TinyRun.Validation());
        var events = File.ReadLines(path).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal(["start", "epoch", "checkpoint", "epoch", "checkpoint", "end"],
            events.Select(e => (string)e["event"]!));
        Assert.Equal(20, (int)events[0]["steps"]!);
        Assert.InRange((double)events[1]["validation"]!["accuracy"]!, 0, 1);
        Assert.Equal("step-20", (string)events[4]["folder"]!);
        Assert.False((bool)events[5]["interrupted"]!);
    }

    [Fact]
    public void Numbers_that_JSON_lacks_are_null()
    {
        using var folder = new TempFolder();
        var log = new EventLog(folder["e"]);
        log.OnEpochEnd(new TrainingProgress(1, 1, []));
        Assert.Null(JsonNode.Parse(File.ReadAllText(folder["e"]))!["train"]!["loss"]);
    }
}
