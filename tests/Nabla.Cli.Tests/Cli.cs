using System.Text.Json.Nodes;

namespace Nabla.Cli.Tests;

/// <summary>Runs the command line in this process, as in a log: not in a terminal.</summary>
internal sealed record Cli(int Code, string Out, string Error)
{
    public static async Task<Cli> RunAsync(CancellationToken cancel, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, new Terminal(output, error, false), cancel);
        return new Cli(code, output.ToString(), error.ToString());
    }

    public static Task<Cli> RunAsync(params string[] args) => RunAsync(default, args);

    /// <summary>The last line on stdout as a JSON object.</summary>
    public JsonObject Json =>
        JsonNode.Parse(Out.TrimEnd().Split('\n')[^1])!.AsObject();

    /// <summary>The errors, which must be sentences and not stacks.</summary>
    public string Sentence
    {
        get
        {
            Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
            return Error;
        }
    }
}
