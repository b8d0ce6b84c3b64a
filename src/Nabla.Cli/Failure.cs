using System.Text;

namespace Nabla.Cli;

/// <summary>Turns an exception into one clear sentence and an exit code.</summary>
internal static class Failure
{
    /// <summary>Writes what went wrong, with its stack only if <paramref name="verbose"/>.
    /// </summary>
    public static int Report(Exception exception, bool verbose, Terminal terminal)
    {
        var cause = Unwrap(exception);
        if (cause is OperationCanceledException)
        {
            terminal.Say("nabla: interrupted.");
            return ExitCode.Interrupted;
        }
        terminal.Say($"nabla: {Sentence(cause)}");
        if (verbose)
        {
            terminal.Error.WriteLine(exception);
        }
        else if (!IsExpected(cause))
        {
            terminal.Say("nabla: --verbose shows where it happened.");
        }
        return cause is UsageException ? ExitCode.WrongUsage : ExitCode.Failed;
    }

    private static Exception Unwrap(Exception exception) =>
        exception is AggregateException { InnerExceptions: [var only] } ? Unwrap(only) : exception;

    private static bool IsExpected(Exception exception) =>
        exception is UsageException or IOException or UnauthorizedAccessException
            or InvalidDataException or ArgumentException;

    /// <summary>The message as one line, without the parameter's name that .NET appends.</summary>
    private static string Sentence(Exception exception)
    {
        var message = exception.Message;
        if (exception is ArgumentException { ParamName: { } name })
        {
            message = message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal);
        }
        var line = new StringBuilder();
        foreach (var part in message.Split('\n', StringSplitOptions.TrimEntries))
        {
            line.Append(line.Length > 0 && part.Length > 0 ? " " : "").Append(part);
        }
        return line.ToString();
    }
}
