using System.CommandLine;
using System.Globalization;
using Nabla.Cli.Runs;
using Nabla.Models;
using Nabla.Optim;
using Nabla.Optim.Schedules;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla train</c>: trains a model on images.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = Name("--model", "Its recipe gives the other options: "
            + Or(ModelZoo.All.Select(m => m.Name)));
        var data = Name("--data", "A data set's name, or a folder with IDX files.", "NAME|DIR");
        var epochs = CommonOptions.Positive("--epochs", "Passes over the training data.");
        var batchSize = CommonOptions.Positive("--batch-size", "Samples a step.");
        var optimizer = Name("--optimizer", Or(Optimizers.All.Select(o => o.Name)));
        var learningRate = LearningRate();
        var schedule = Name("--schedule", Or(ScheduleList.All.Select(s => s.Name)));
        var seed = Seed();
        var threads = CommonOptions.Threads();
        var folder = Name("--out", "The run's folder; else a new one in runs/.", "DIR");
        var resume = Flag("--resume", "Go on from the last checkpoint in --out.");
        var eager = Flag("--eager", "Compute op by op instead of replaying a captured step.");
        var checkpointEvery = CommonOptions.Positive("--checkpoint-every",
            "Steps between checkpoints within an epoch; 200. Each epoch's end is saved, too.");
        var json = CommonOptions.Json();
        var command = new Command("train",
            "Train a model; with no options a small convolutional network on embedded digits.")
        {
            model, data, epochs, batchSize, optimizer, learningRate, schedule, seed, threads,
            folder, resume, checkpointEvery, eager, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            var request = new TrainRequest(
                parsed.GetValue(model), parsed.GetValue(data), parsed.GetValue(epochs),
                parsed.GetValue(batchSize), parsed.GetValue(optimizer),
                parsed.GetValue(learningRate), parsed.GetValue(schedule), parsed.GetValue(seed),
                parsed.GetValue(threads), parsed.GetValue(folder), parsed.GetValue(resume),
                parsed.GetValue(checkpointEvery), parsed.GetValue(eager), parsed.GetValue(json));
            // Away from the thread that listens to Ctrl-C.
            var job = new TrainJob(terminal, request);
            return Task.Run(() => job.Run(cancel), CancellationToken.None);
        });
        return command;
    }

    /// <summary>One of these: <c>adam, adamw or sgd.</c></summary>
    private static string Or(IEnumerable<string> names)
    {
        var all = names.ToList();
        return $"{string.Join(", ", all[..^1])} or {all[^1]}.";
    }

    private static Option<string?> Name(
        string name, string description, string helpName = "NAME") =>
        new(name) { Description = description, HelpName = helpName };

    private static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description };

    private static Option<double?> LearningRate() => new("--lr")
    {
        Description = "The (largest) learning rate.",
        HelpName = "X",
        CustomParser = result => CommonOptions.Parse<double>(result, text =>
            double.TryParse(text, CultureInfo.InvariantCulture, out var x) && x > 0
                && double.IsFinite(x) ? x : null,
            "a number above 0"),
    };

    private static Option<long?> Seed() => new("--seed")
    {
        Description = "Of all chance in the run; equal seeds give equal weights.",
        HelpName = "N",
        CustomParser = result => CommonOptions.Parse<long>(result, text =>
            long.TryParse(text, CultureInfo.InvariantCulture, out var n) && n >= 0 ? n : null,
            "a whole number of 0 or more"),
    };
}
