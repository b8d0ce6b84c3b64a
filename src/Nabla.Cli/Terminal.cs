using Spectre.Console;

namespace Nabla.Cli;

/// <summary>Where a command writes: results to one stream, progress and errors to the other.
/// </summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool interactive)
{
    /// <summary>The process's own streams.</summary>
    public static Terminal Console { get; } = new(
        System.Console.Out, System.Console.Error, !System.Console.IsErrorRedirected);

    /// <summary>Results: what a script reads.</summary>
    public TextWriter Out => output;

    /// <summary>Progress and errors.</summary>
    public TextWriter Error => error;

    /// <summary>Whether progress may be redrawn; else it is a line per epoch.</summary>
    public bool IsInteractive => interactive;

    /// <summary>Tables and bars on the stream of progress.</summary>
    public IAnsiConsole Progress { get; } = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(error),
        Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
        Interactive = interactive ? InteractionSupport.Yes : InteractionSupport.No,
    });

    /// <summary>Plain tables on the stream of results.</summary>
    public IAnsiConsole Tables { get; } = Plain(output);

    private static IAnsiConsole Plain(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        // A file has no width; a table that is folded into a narrow terminal can't be read.
        console.Profile.Width = Math.Max(200, console.Profile.Width);
        return console;
    }
}
