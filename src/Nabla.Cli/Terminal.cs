using System.Text;
using Spectre.Console;

namespace Nabla.Cli;

/// <summary>Where a command writes: results to one stream, progress and errors to the other.
/// </summary>
/// <param name="output">The stream of results.</param>
/// <param name="error">The stream of progress and errors.</param>
/// <param name="interactive">Whether progress may be redrawn.</param>
/// <param name="width">The columns of a terminal that shows results; null in a file.</param>
internal sealed class Terminal(
    TextWriter output, TextWriter error, bool interactive, int? width = null)
{
    /// <summary>The process's own streams.</summary>
    public static Terminal Console { get; } = new(
        System.Console.Out, System.Console.Error, !System.Console.IsErrorRedirected,
        System.Console.IsOutputRedirected ? null : AnsiConsole.Profile.Width);

    /// <summary>The columns that results may take.</summary>
    public int OutWidth => width ?? int.MaxValue;

    /// <summary>The columns that progress and errors may take.</summary>
    public int ErrorWidth => interactive ? Progress.Profile.Width : int.MaxValue;

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

    /// <summary>Writes a sentence about progress or an error.</summary>
    public void Say(string sentence) => error.WriteLine(Wrapped(sentence, ErrorWidth));

    /// <summary>Writes a sentence of a result.</summary>
    public void Tell(string sentence) => output.WriteLine(Wrapped(sentence, OutWidth));

    /// <summary>A sentence broken between words, with all lines but the first indented.</summary>
    internal static string Wrapped(string sentence, int width)
    {
        if (sentence.Length <= width)
        {
            return sentence;
        }
        var text = new StringBuilder();
        var column = 0;
        foreach (var word in sentence.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > width)
            {
                text.Append(Environment.NewLine).Append(' ');
                column = 1;
            }
            text.Append(text.Length == 0 ? "" : " ").Append(word);
            column += word.Length + (column == 0 ? 0 : 1);
        }
        return text.ToString();
    }

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
