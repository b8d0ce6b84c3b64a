using System.Text.Json.Nodes;

namespace Nabla.Cli.Tests;

[Collection("digits")]
public class TrainCommandTests(DigitsRun run)
{
    private static readonly string[] s_keys =
    [
        "model", "data", "epochs", "train_loss", "test_loss", "test_accuracy", "seconds",
        "samples_per_second", "peak_memory_mb", "run", "resumed_from_step",
    ];

    [Fact]
    public void Ends_with_the_promised_keys_and_a_model_that_has_learnt()
    {
        Assert.Equal(0, run.Result.Code);
        var json = run.Result.Json;
        Assert.Equal(s_keys, json.Select(pair => pair.Key));
        Assert.Equal("digits-cnn", (string?)json["model"]);
        Assert.Equal("digits", (string?)json["data"]);
        Assert.Equal(1, (int?)json["epochs"]);
        Assert.Equal(0, (long?)json["resumed_from_step"]);
        Assert.InRange((double)json["test_accuracy"]!, 0.3, 1);
    }

    [Fact]
    public void Writes_only_the_result_to_stdout_and_a_line_per_epoch_to_stderr()
    {
        Assert.Single(run.Result.Out.TrimEnd().Split('\n'));
        Assert.Contains("epoch 1/1  loss ", run.Result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", run.Result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", run.Result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_a_folder_that_says_how_it_was_made()
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(run.Folder, "run.json")))!;
        Assert.Equal(1, (int?)json["format_version"]);
        Assert.Equal(3, (long?)json["seed"]);
        Assert.Equal("adamw", (string?)json["arguments"]!["optimizer"]);
        Assert.NotNull(json["versions"]!["nabla"]);
        Assert.True(File.Exists(Path.Combine(run.Folder, "last")));
        Assert.True(File.Exists(Path.Combine(run.Folder, "best")));
        Assert.True(File.Exists(Path.Combine(run.Folder, "events.jsonl")));
    }

    [Fact]
    public async Task Gives_equal_results_for_equal_seeds_with_one_thread_and_with_two()
    {
        foreach (var threads in new[] { "1", "2" })
        {
            var again = await Cli.RunAsync("train", "--epochs", "1", "--seed", "3", "--json",
                "--threads", threads, "--out", Path.Combine(run.Temp, "threads" + threads));
            Assert.Equal((double?)run.Result.Json["train_loss"], (double?)again.Json["train_loss"]);
            Assert.Equal((double?)run.Result.Json["test_loss"], (double?)again.Json["test_loss"]);
        }
    }

    [Fact]
    public async Task Resumes_an_interrupted_run_to_the_unbroken_runs_weights()
    {
        string[] options = ["train", "--epochs", "2", "--seed", "5", "--json", "--out"];
        var whole = Path.Combine(run.Temp, "whole");
        var broken = Path.Combine(run.Temp, "broken");
        var unbroken = await Cli.RunAsync([.. options, whole]);
        using var cancel = new CancellationTokenSource();
        var training = Cli.RunAsync(cancel.Token, [.. options, broken]);
        while (!training.IsCompleted && !File.Exists(Path.Combine(broken, "last")))
        {
            await Task.Delay(5);
        }
        await cancel.CancelAsync();
        var first = await training;
        var resumed = await Cli.RunAsync("train", "--resume", "--json", "--out", broken);

        Assert.Equal(130, first.Code);
        Assert.Contains("--resume", first.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, resumed.Code);
        Assert.InRange((long)resumed.Json["resumed_from_step"]!, 1, 40);
        Assert.Equal(Weights(whole), Weights(broken));
        Assert.Equal((double?)unbroken.Json["test_loss"], (double?)resumed.Json["test_loss"]);
    }

    [Fact]
    public async Task Computes_op_by_op_when_asked_to_nearly_the_captured_result()
    {
        var eager = await Cli.RunAsync("train", "--epochs", "1", "--seed", "3", "--eager",
            "--json", "--out", Path.Combine(run.Temp, "eager"));
        Assert.Equal(0, eager.Code);
        Assert.DoesNotContain("warning", eager.Error, StringComparison.Ordinal);
        var captured = (double)run.Result.Json["train_loss"]!;
        Assert.Equal(captured, (double)eager.Json["train_loss"]!, 1e-3 * captured);
    }

    [Fact]
    public async Task Its_help_names_all_that_can_be_asked_for()
    {
        var help = await Cli.RunAsync("train", "--help");
        var text = string.Join(' ', help.Out.Split((char[])[' ', '\n'],
            StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("adam, adamw", text, StringComparison.Ordinal);
        Assert.Contains("constant, cosine", text, StringComparison.Ordinal);
        Assert.Contains("digits-cnn, lenet", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moves_a_former_run_aside_instead_of_overwriting_it()
    {
        var folder = Path.Combine(run.Temp, "twice");
        await Cli.RunAsync("train", "--epochs", "1", "--out", folder);
        var before = Weights(folder);
        var second = await Cli.RunAsync("train", "--epochs", "1", "--seed", "9", "--out", folder);
        Assert.Equal(0, second.Code);
        Assert.Equal(before, Weights(folder + ".1"));
    }

    [Fact]
    public async Task Refuses_to_resume_with_other_options_and_leaves_the_run_as_it_is()
    {
        var info = File.ReadAllText(Path.Combine(run.Folder, "run.json"));
        var other = await Cli.RunAsync("train", "--resume", "--out", run.Folder, "--lr", "0.5");
        Assert.Equal(1, other.Code);
        Assert.Contains("learning_rate", other.Sentence, StringComparison.Ordinal);
        Assert.Equal(info, File.ReadAllText(Path.Combine(run.Folder, "run.json")));
    }

    [Theory]
    [InlineData("lenet", "--model", "lenett")]
    [InlineData("fashion-mnist", "--data", "fashion-mnits")]
    [InlineData("adamw", "--optimizer", "adanw")]
    [InlineData("cosine", "--schedule", "cosin")]
    [InlineData("--batch-size expects a whole number above 0", "--batch-size", "-4")]
    [InlineData("more than the 1293 training images", "--batch-size", "5000")]
    [InlineData("--lr expects a number above 0", "--lr", "-1")]
    [InlineData("--epochs expects a whole number above 0", "--epochs", "0")]
    [InlineData("--resume needs --out", "--resume")]
    [InlineData("models that fit: digits-cnn", "--model", "lenet", "--data", "digits")]
    public async Task Refuses_wrong_usage_with_a_sentence(string expected, params string[] options)
    {
        var answer = await Cli.RunAsync(["train", .. options]);
        Assert.Equal(2, answer.Code);
        Assert.Contains(expected, answer.Sentence, StringComparison.Ordinal);
    }

    private static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(
        folder, File.ReadAllText(Path.Combine(folder, "last")).Trim(), "model.safetensors"));
}
