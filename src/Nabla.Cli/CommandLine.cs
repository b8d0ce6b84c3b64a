using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Nabla.Cli.Commands;

namespace Nabla.Cli;

/// <summary>The root of the command line: parsing, help, errors, exit codes.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> s_verbose = new("--verbose")
    {
        Description = "Show the stack of an error.",
        Recursive = true,
    };

    /// <summary>Runs one command and gives its exit code.</summary>
    public static async Task<int> RunAsync(
        string[] args, Terminal terminal, CancellationToken cancel = default)
    {
        var parsed = Build(terminal).Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            terminal.Say($"nabla: {UnknownCommand(parsed) ?? parsed.Errors[0].Message}");
            terminal.Say("nabla: --help shows what can be asked for.");
            return ExitCode.WrongUsage;
        }
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = terminal.Out,
                    Error = terminal.Error,
                    EnableDefaultExceptionHandler = false,
                    // A command saves before it ends: give it the time.
                    ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
                },
                cancel);
        }
        catch (Exception e)
        {
            return Failure.Report(e, parsed.GetValue(s_verbose), terminal);
        }
    }

    /// <summary>What is wrong with the name of a command, if one is wrong.</summary>
    private static string? UnknownCommand(ParseResult parsed)
    {
        var known = parsed.CommandResult.Command.Subcommands;
        if (known.Count == 0 || parsed.UnmatchedTokens is not [var name, ..]
            || name.StartsWith('-'))
        {
            return null;
        }
        try
        {
            Choice.Find("command", name, known, command => command.Name);
            return null;
        }
        catch (UsageException e)
        {
            return e.Message;
        }
    }

    private static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand("Nabla: deep learning in pure C#.")
        {
            s_verbose,
            TrainCommand.Create(terminal),
            EvalCommand.Create(terminal),
            PredictCommand.Create(terminal),
            SummaryCommand.Create(terminal),
            DataCommand.Create(terminal),
            BenchCommand.Create(terminal),
        };
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpWithExample((HelpAction)option.Action!);
        }
        return root;
    }
}
