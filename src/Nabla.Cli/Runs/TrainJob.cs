using System.Globalization;
using Nabla.Cli.Output;
using Nabla.Data;
using Nabla.Data.Sources;
using Nabla.Kernels.Cpu;
using Nabla.Models;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Training;

namespace Nabla.Cli.Runs;

/// <summary>One training, from its options to its result.</summary>
internal sealed class TrainJob(Terminal terminal, TrainRequest request)
{
    private const double ValidationShare = 0.1;
    private const int EvaluationBatch = 256;

    // Also within an epoch, so that a long one is not lost.
    private const int CheckpointSteps = 200;

    /// <summary>Trains, measures on the test images, and gives the exit code.</summary>
    public int Run(CancellationToken cancel)
    {
        var former = FindFormer();
        var entry = request.ChooseModel(former);
        var arguments = request.ChooseArguments(entry, former);
        var source = DataSets.Find(request.Data ?? former?.Data ?? entry.Recipe.Data
            ?? throw new UsageException($"{entry.Name} has no data set of its own; give --data "
                + $"with a folder of images of {entry.Input}, one folder a class"));
        if (request.Threads is { } threads)
        {
            WorkerTeam.Threads = threads;
        }
        var splits = source
            .LoadAsync(new DataLocator(), new DownloadLog(terminal), cancel)
            .GetAwaiter().GetResult();
        var images = ImageData.From(splits, ValidationShare, (ulong)arguments.Seed);
        ModelInput.Check(entry, source.Name, images.Info.ImageShape);
        if (arguments.BatchSize > images.Train.Count)
        {
            throw new UsageException($"--batch-size {arguments.BatchSize} is more than the " +
                $"{images.Train.Count} training images of {source.Name}.");
        }

        var info = new RunInfo(entry.Name, DataSets.Lasting(source, request.Data ?? former?.Data),
            images.Info.Classes,
            [splits.Train.Channels, splits.Train.Height, splits.Train.Width],
            splits.Train.Maximum, arguments);
        var folder = ChooseFolder(entry, source);
        Generator.ManualSeed(arguments.Seed);
        var model = entry.Create(info.Classes.Count);
        Announce(info, model, images, folder);
        var trainer = CreateTrainer(info, model, folder);
        var validation = images.Validation.Count > 0
            ? new DataLoader(images.Validation, EvaluationBatch)
            : null;
        Dataset train = entry.Recipe.Augment ? new AugmentedImages(images.Train) : images.Train;
        var progress = trainer.Fit(Loader(train, arguments), validation, cancel);
        if (progress.IsInterrupted)
        {
            terminal.Say($"nabla: interrupted; saved. Go on with: " +
                $"nabla train --resume --out {folder}");
            return ExitCode.Interrupted;
        }
        var test = trainer.Evaluate(new DataLoader(images.Test, EvaluationBatch), cancel);
        Finish(info, progress, test, folder);
        return ExitCode.Done;
    }

    private RunInfo? FindFormer()
    {
        if (!request.Resume)
        {
            return null;
        }
        var folder = request.Folder
            ?? throw new UsageException("--resume needs --out DIR: the run to go on with.");
        return RunInfo.IsIn(folder) ? RunInfo.Read(folder) : null;
    }

    /// <summary>The run's folder. A former run there is moved aside: trained weights are never
    /// overwritten.</summary>
    private string ChooseFolder(ModelEntry model, IImageSource source)
    {
        if (request.Folder is not { } folder)
        {
            var now = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
            return FreeName(Path.Combine("runs", $"{model.Name}-{source.Name}-{now}"));
        }
        folder = Path.TrimEndingDirectorySeparator(folder);
        if (!request.Resume && RunInfo.IsIn(folder))
        {
            var aside = FreeName(folder);
            Directory.Move(folder, aside);
            terminal.Say($"{folder} held another run; that is now {aside}");
        }
        return folder;
    }

    private static string FreeName(string folder)
    {
        var name = folder;
        for (var i = 1; Directory.Exists(name); i++)
        {
            name = $"{folder}.{i}";
        }
        return name;
    }

    private static DataLoader Loader(Dataset data, RunArguments arguments) => new(
        data, arguments.BatchSize, shuffle: true, dropLast: true, workers: 1,
        seed: (ulong)arguments.Seed);

    private void Announce(
        RunInfo info, Module<Tensor, Tensor> model, ImageData images, string folder)
    {
        var count = model.Parameters().Sum(parameter => (long)parameter.Count);
        var arguments = info.Arguments;
        terminal.Say(string.Create(CultureInfo.InvariantCulture,
            $"{info.Model} ({count:#,0} parameters) on {info.Data}: {images.Train.Count:#,0} "
            + $"train, {images.Validation.Count:#,0} val, {images.Test.Count:#,0} test images"));
        terminal.Say(string.Create(CultureInfo.InvariantCulture,
            $"{arguments.Epochs} epochs, batches of {arguments.BatchSize}, {arguments.Optimizer} "
            + $"at {arguments.LearningRate}, {arguments.Schedule} schedule, seed {arguments.Seed}, "
            + $"{WorkerTeam.Threads} threads; into {folder}"));
    }

    private Trainer CreateTrainer(RunInfo info, Module<Tensor, Tensor> model, string folder)
    {
        var arguments = info.Arguments;
        var options = new TrainerOptions
        {
            Epochs = arguments.Epochs,
            Seed = arguments.Seed,
            Schedule = Choice.Schedule(arguments.Schedule).Create(),
            Eager = request.Eager,
            Folder = folder,
            Resume = request.Resume,
            CheckpointEvery = request.CheckpointEvery ?? CheckpointSteps,
            Identity = new Dictionary<string, string>
            {
                ["model"] = info.Model,
                ["data"] = info.Data,
                ["optimizer"] = arguments.Optimizer,
                ["learning_rate"] = arguments.LearningRate.ToString(CultureInfo.InvariantCulture),
                ["schedule"] = arguments.Schedule,
            },
        };
        return new Trainer(
            model,
            Choice.Optimizer(arguments.Optimizer).Create(model, arguments.LearningRate),
            new CrossEntropyLoss().Call,
            options,
            new RunFile(info, folder),
            new TrainingLog(terminal),
            new EventLog(Path.Combine(folder, "events.jsonl")));
    }

    private void Finish(RunInfo info, TrainingProgress progress, Averages test, string folder)
    {
        var result = new RunResult
        {
            Model = info.Model,
            Data = info.Data,
            Epochs = info.Arguments.Epochs,
            TrainLoss = progress.Train.Loss,
            TestLoss = test.Loss,
            TestAccuracy = test["accuracy"],
            Seconds = progress.Seconds,
            SamplesPerSecond = progress.SamplesPerSecond,
            Run = folder,
            ResumedFromStep = progress.ResumedFromStep,
        };
        result.Write(folder);
        if (progress.StopReason is { } reason)
        {
            terminal.Say($"stopped early: {reason}");
        }
        var text = string.Create(CultureInfo.InvariantCulture,
            $"test accuracy {test["accuracy"]:0.00%}, test loss {test.Loss:0.0000}; trained in "
            + $"{progress.Seconds:0.0} s at {progress.SamplesPerSecond:#,0} samples/s; {folder}");
        if (!request.Json)
        {
            terminal.Tell(text);
        }
        else
        {
            terminal.Say(text);
            terminal.Out.WriteLine(result.ToJson());
        }
    }
}
