namespace Nabla.Cli.Tests;

public class SummaryCommandTests
{
    [Fact]
    public async Task Gives_the_figures_of_LeNet_5_computed_by_hand()
    {
        var answer = await Cli.RunAsync("summary", "--model", "lenet-sigmoid", "--json");
        Assert.Equal(0, answer.Code);
        var json = answer.Json;
        Assert.Equal(["model", "parameters", "multiply_adds", "layers"],
            json.Select(pair => pair.Key).Take(4));
        Assert.Equal("lenet-sigmoid", (string?)json["model"]);
        Assert.Equal(61_706, (long?)json["parameters"]);
        Assert.Equal(416_520, (long?)json["multiply_adds"]);
        var second = json["layers"]!.AsArray().Single(l => (string?)l!["name"] == "net.3")!;
        Assert.Equal("Conv2d", (string?)second["type"]);
        Assert.Equal([1, 16, 10, 10], second["output_shape"]!.AsArray().Select(n => (int)n!));
        Assert.Equal(2416, (long?)second["parameters"]);
        Assert.Equal(240_000, (long?)second["multiply_adds"]);
        Assert.Equal([14, 14], second["receptive_field"]!.AsArray().Select(n => (int)n!));
        Assert.Equal(6400, (long?)second["activation_bytes"]);
        Assert.Equal(61_706, json["layers"]!.AsArray().Sum(l => (long)l!["parameters"]!));
    }

    [Fact]
    public async Task Leaves_off_the_last_columns_where_a_terminal_is_too_narrow()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync(["summary", "--model", "lenet"],
            new Terminal(output, TextWriter.Null, interactive: false, width: 80)));
        var text = output.ToString();
        Assert.Matches(@"multiply-adds +\r?\n", text);
        Assert.DoesNotContain("memory", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    [Fact]
    public async Task Draws_a_table_and_takes_an_input_of_another_size()
    {
        var answer = await Cli.RunAsync("summary", "--model", "mlp", "--input", "1,56,14");
        Assert.Equal(0, answer.Code);
        Assert.Contains("net.1", answer.Out, StringComparison.Ordinal);
        Assert.Contains("(1, 256)", answer.Out, StringComparison.Ordinal);
        Assert.Contains("mlp: 203,530 parameters", answer.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", answer.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lenet", "--model", "lennet")]
    [InlineData("does not take inputs of (3, 28, 28)", "--model", "lenet", "--input", "3,28,28")]
    [InlineData("expects sizes above 0", "--model", "lenet", "--input", "1,0,28")]
    [InlineData("expects sizes above 0", "--model", "lenet", "--input", "large")]
    [InlineData("--model", "--json")]
    public async Task Refuses_wrong_usage_with_a_sentence(string expected, params string[] options)
    {
        var answer = await Cli.RunAsync(["summary", .. options]);
        Assert.Equal(2, answer.Code);
        Assert.Contains(expected, answer.Sentence, StringComparison.Ordinal);
    }
}
