using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Nabla.Cli;

/// <summary>The help of a command, with an example of its use.</summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string> s_examples = new()
    {
        ["train"] = "nabla train --model lenet --data fashion-mnist --epochs 10 --out runs/lenet",
        ["eval"] = "nabla eval --run runs/lenet --json",
        ["predict"] = "nabla predict --run runs/lenet shoe.png t10k-images-idx3-ubyte.gz:0",
        ["summary"] = "nabla summary --model lenet",
        ["bench"] = "nabla bench --peers --filter lenet",
        ["data"] = "nabla data list",
        ["list"] = "nabla data list --json",
        ["get"] = "nabla data get fashion-mnist",
    };

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        // The library names the program after its file, which users don't type.
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter();
        configuration.Output = text;
        var code = help.Invoke(parseResult);
        configuration.Output = output;
        output.Write(text.ToString().Replace(
            $"  {RootCommand.ExecutableName} ", "  nabla ", StringComparison.Ordinal));
        var example = s_examples.GetValueOrDefault(
            parseResult.CommandResult.Command.Name, "nabla train");
        output.WriteLine("Example:");
        output.WriteLine($"  {example}");
        return code;
    }
}
