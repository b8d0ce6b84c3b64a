namespace Nabla.Cli.Tests;

[Collection("digits")]
public class CommandLineTests(DigitsRun run)
{
    [Theory]
    [InlineData("train")]
    [InlineData("eval")]
    [InlineData("predict")]
    [InlineData("summary")]
    [InlineData("bench")]
    [InlineData("data", "list")]
    [InlineData("data", "get")]
    public async Task Shows_help_with_an_example(params string[] command)
    {
        var answer = await Cli.RunAsync([.. command, "--help"]);
        Assert.Equal(0, answer.Code);
        var name = "nabla " + string.Join(' ', command);
        Assert.Contains($"Example:\n  {name}", answer.Out, StringComparison.Ordinal);
        Assert.Contains($"Usage:\n  {name}", answer.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluates_to_what_training_ended_with()
    {
        var answer = await Cli.RunAsync("eval", "--run", run.Folder, "--json");
        Assert.Equal(0, answer.Code);
        foreach (var key in new[] { "train_loss", "test_loss", "test_accuracy" })
        {
            Assert.Equal((double?)run.Result.Json[key], (double?)answer.Json[key]);
        }
        Assert.Equal(run.Result.Json.Select(p => p.Key), answer.Json.Select(p => p.Key));
    }

    [Fact]
    public async Task Lists_and_gets_data_sets()
    {
        var list = await Cli.RunAsync("data", "list", "--json");
        Assert.Equal("digits", (string?)list.Json["data"]![0]!["name"]);
        Assert.Equal("embedded", (string?)list.Json["data"]![0]!["place"]);
        var got = await Cli.RunAsync("data", "get", "digits", "--json");
        Assert.Equal(1437, (int?)got.Json["train"]);
        var unknown = await Cli.RunAsync("data", "get", "digit");
        Assert.Equal(2, unknown.Code);
        Assert.Contains("digits", unknown.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_unknown_commands_and_shows_a_stack_only_when_asked()
    {
        var unknown = await Cli.RunAsync("trian");
        Assert.Equal(2, unknown.Code);
        Assert.Contains("nabla: there is no command 'trian'; did you mean train?", unknown.Error,
            StringComparison.Ordinal);
        Assert.Contains("there is no command 'lst'; did you mean list", (await Cli.RunAsync(
            "data", "lst")).Error, StringComparison.Ordinal);
        Assert.Contains("--nonsense", (await Cli.RunAsync("train", "--nonsense")).Error,
            StringComparison.Ordinal);
        var verbose = await Cli.RunAsync("eval", "--run", run.Temp, "--verbose");
        Assert.Equal(1, verbose.Code);
        Assert.Contains("   at ", verbose.Error, StringComparison.Ordinal);
    }
}
