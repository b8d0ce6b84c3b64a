using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Nabla.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>One JSON object as the last line on stdout.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "End with one JSON object on stdout.",
    };

    /// <summary>The folder of a training run.</summary>
    public static Option<string> Run() => new("--run")
    {
        Description = "The folder of a training run.",
        HelpName = "DIR",
        Required = true,
    };

    /// <summary>The best checkpoint instead of the last.</summary>
    public static Option<bool> Best() => new("--best")
    {
        Description = "Take the checkpoint with the lowest validation loss, not the last.",
    };

    /// <summary>Threads to compute with.</summary>
    public static Option<int?> Threads() => Positive("--threads", "Threads to compute with.");

    /// <summary>A whole number above 0, or nothing.</summary>
    public static Option<int?> Positive(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse<int>(result, text =>
            int.TryParse(text, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null,
            "a whole number above 0"),
    };

    /// <summary>The one value of an option, or an error that says what is expected.</summary>
    public static T? Parse<T>(ArgumentResult result, Func<string, T?> parse, string expected)
        where T : struct
    {
        var text = result.Tokens[^1].Value;
        var value = parse(text);
        if (value is null)
        {
            var option = (result.Parent as OptionResult)?.Option.Name;
            result.AddError($"{option} expects {expected} but got '{text}'.");
        }
        return value;
    }
}
