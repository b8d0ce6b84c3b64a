using System.Text.Json.Nodes;
using Nabla.Tensors;
using Nabla.Tests.Formats;
using Nabla.Tests.Infrastructure;
using Nabla.Training;

namespace Nabla.Tests.Training;

public class CheckpointStoreTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        using var folder = new TempFolder();
        var store = new CheckpointStore(folder["run"]);
        Assert.Null(store.Last);
        Assert.Null(store.Best);
        var place = Write(store, 5, isBest: true);
        Assert.Equal((place, place), (store.Last, store.Best));
        Assert.Equal(5f, CheckpointStore.ReadModel(place)["w"].Item());
        Assert.Equal(10f, CheckpointStore.ReadOptimizer(place)["w.m"].Item());
        Assert.Equal(1, CheckpointStore.ReadState(place)["format"]!.GetValue<int>());
        Assert.Equal("checkpoints/step-5", File.ReadAllText(folder["run", "last"]).Trim());
    }

    [Fact]
    public void Old_ones_go_and_the_best_stays()
    {
        using var folder = new TempFolder();
        var store = new CheckpointStore(folder.Path);
        foreach (var step in new[] { 1, 2, 3, 10, 20 })
        {
            Write(store, step, isBest: step == 2);
        }
        Assert.Equal(["step-10", "step-2", "step-20"], Directory
            .GetFileSystemEntries(folder["checkpoints"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_step_that_is_saved_again_replaces_the_former()
    {
        using var folder = new TempFolder();
        var store = new CheckpointStore(folder.Path);
        Write(store, 4, isBest: false);
        var place = Write(store, 4, isBest: true, value: 7);
        Assert.Equal(7f, CheckpointStore.ReadModel(place)["w"].Item());
        Assert.Single(Directory.GetFileSystemEntries(folder["checkpoints"]));
    }

    [Fact]
    public void What_a_kill_left_half_done_is_no_checkpoint_and_in_nobodys_way()
    {
        using var folder = new TempFolder();
        var store = new CheckpointStore(folder.Path);
        var place = Write(store, 4, isBest: false);
        var half = $".step-8.{TemporaryNameTests.DeadProcess()}.tmp";
        Directory.CreateDirectory(folder["checkpoints", half]);
        File.WriteAllText(folder["checkpoints", half, "model.safetensors"], "half");
        File.Move(folder["last"], folder[$"last{half[7..]}"]);
        Assert.Equal(place, store.Last);
        store.Sweep();
        Assert.Equal([folder["checkpoints"]], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal([place], Directory.GetFileSystemEntries(folder["checkpoints"]));
        Assert.EndsWith("step-8", Write(store, 8, isBest: false));
    }

    [Fact]
    public void A_pointer_cannot_lead_out_of_the_run()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["elsewhere"]);
        Directory.CreateDirectory(folder["run"]);
        File.WriteAllText(folder["run", "last"], "checkpoints/../../elsewhere");
        Assert.Null(new CheckpointStore(folder["run"]).Last);
    }

    [Fact]
    public void A_newer_format_is_refused()
    {
        using var folder = new TempFolder();
        var place = Write(new CheckpointStore(folder.Path), 1, isBest: false);
        File.WriteAllText(Path.Combine(place, "state.json"), """{"format": 2}""");
        Assert.Contains("has format 2, written by a newer version",
            Assert.Throws<InvalidDataException>(() => CheckpointStore.ReadState(place)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\": \"x\"}")]
    public void A_damaged_state_is_refused(string text)
    {
        using var folder = new TempFolder();
        var place = Write(new CheckpointStore(folder.Path), 1, isBest: false);
        File.WriteAllText(Path.Combine(place, "state.json"), text);
        Assert.Contains($"{Path.Combine(place, "state.json")} is no checkpoint's state: ",
            Assert.Throws<InvalidDataException>(() => CheckpointStore.ReadState(place)).Message);
    }

    private static string Write(
        CheckpointStore store, int step, bool isBest, float? value = null) => store.Write(step,
        [new("w", Tensor.From(value ?? step))], [new("w.m", Tensor.From(2f * step))],
        new JsonObject { ["format"] = 1 }, isBest, keep: 2);
}
