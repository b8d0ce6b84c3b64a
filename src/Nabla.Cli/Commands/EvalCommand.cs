using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Nabla.Cli.Output;
using Nabla.Cli.Runs;
using Nabla.Data;
using Nabla.Data.Sources;
using Nabla.Nn;
using Nabla.Training;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla eval</c>: measures a trained model on its test images.</summary>
internal static class EvalCommand
{
    private const int BatchSize = 256;

    public static Command Create(Terminal terminal)
    {
        var run = CommonOptions.Run();
        var best = CommonOptions.Best();
        var json = CommonOptions.Json();
        var command = new Command("eval", "Measure a trained model on its test images.")
        {
            run, best, json,
        };
        command.SetAction((parsed, cancel) => Task.Run(
            () => Run(terminal, parsed.GetValue(run)!, parsed.GetValue(best),
                parsed.GetValue(json), cancel),
            CancellationToken.None));
        return command;
    }

    private static int Run(
        Terminal terminal, string folder, bool best, bool json, CancellationToken cancel)
    {
        var (info, model) = TrainedModel.Load(folder, best);
        var source = DataSets.Find(info.Data);
        var test = new ImageDataset(source
            .LoadAsync(new DataLocator(), new DownloadLog(terminal), cancel)
            .GetAwaiter().GetResult().Test);
        ModelInput.Check(Choice.Model(info.Model), source.Name, test.ImageShape);
        var evaluation = new Evaluation(model, new CrossEntropyLoss().Call, [new Accuracy()]);
        var clock = Stopwatch.StartNew();
        var averages = evaluation.Run(new DataLoader(test, BatchSize).Epoch(0), cancel);
        var seconds = clock.Elapsed.TotalSeconds;
        var (trainLoss, resumed) = RunResult.ReadTraining(folder);
        var result = new RunResult
        {
            Model = info.Model,
            Data = info.Data,
            Epochs = info.Arguments.Epochs,
            TrainLoss = trainLoss,
            TestLoss = averages.Loss,
            TestAccuracy = averages["accuracy"],
            Seconds = seconds,
            SamplesPerSecond = averages.Samples / seconds,
            Run = folder,
            ResumedFromStep = resumed,
        };
        if (json)
        {
            terminal.Out.WriteLine(result.ToJson());
            return ExitCode.Done;
        }
        terminal.Tell(string.Create(CultureInfo.InvariantCulture,
            $"{info.Model} on {info.Data}: test accuracy {averages["accuracy"]:0.00%}, test loss "
            + $"{averages.Loss:0.0000} over {averages.Samples:#,0} images"));
        return ExitCode.Done;
    }
}
