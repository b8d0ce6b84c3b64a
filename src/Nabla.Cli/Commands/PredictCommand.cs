using System.CommandLine;
using System.Globalization;
using Nabla.Autograd;
using Nabla.Cli.Output;
using Nabla.Cli.Runs;
using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla predict</c>: the class of pictures.</summary>
internal static class PredictCommand
{
    private const int BatchSize = 256;

    public static Command Create(Terminal terminal)
    {
        var run = CommonOptions.Run();
        var best = CommonOptions.Best();
        var json = CommonOptions.Json();
        var files = new Argument<string[]>("FILE")
        {
            Description = "PNG, PGM or PPM pictures, or IDX files; FILE:3 is an IDX file's item 3.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("predict", "Name the class of pictures, and how probable it is.")
        {
            run, best, json, files,
        };
        command.SetAction((parsed, cancel) => Task.Run(
            () => Run(terminal, parsed.GetValue(run)!, parsed.GetValue(best),
                parsed.GetValue(files)!, parsed.GetValue(json), cancel),
            CancellationToken.None));
        return command;
    }

    private static int Run(Terminal terminal, string folder, bool best, string[] files, bool json,
        CancellationToken cancel)
    {
        var (info, model) = TrainedModel.Load(folder, best);
        // All are read first: a bad file is found before anything is printed.
        var pictures = files.SelectMany(file => Picture.Read(file, info)).ToList();
        var answers = new List<Answer>();
        foreach (var chunk in pictures.Chunk(BatchSize))
        {
            cancel.ThrowIfCancellationRequested();
            answers.AddRange(Predict(info, model, chunk));
        }
        if (json)
        {
            terminal.Out.WriteLine(ToJson(info, folder, answers));
            return ExitCode.Done;
        }
        foreach (var answer in answers)
        {
            terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{answer.Picture.Name}: {info.Classes[answer.Class]} {answer.Probability:0.0%}"));
        }
        return ExitCode.Done;
    }

    private static IEnumerable<Answer> Predict(
        RunInfo info, Module<Tensor, Tensor> model, Picture[] pictures)
    {
        var values = pictures.SelectMany(picture => picture.Values).ToArray();
        var input = Tensor.From(values,
            new Shape([pictures.Length, .. info.Image]));
        var scores = GradMode.NoGrad(() => model.Call(input)).ToArray<float>();
        for (var i = 0; i < pictures.Length; i++)
        {
            var row = scores.AsSpan(i * info.Classes.Count, info.Classes.Count).ToArray();
            var top = Array.IndexOf(row, row.Max());
            var sum = row.Sum(score => Math.Exp(score - (double)row[top]));
            yield return new Answer(pictures[i], top, 1 / sum);
        }
    }

    private static string ToJson(RunInfo info, string folder, List<Answer> answers) =>
        Json.Line(o =>
        {
            o.WriteString("model", info.Model);
            o.WriteString("run", folder);
            o.WriteStartArray("predictions");
            foreach (var answer in answers)
            {
                o.WriteStartObject();
                o.WriteString("file", answer.Picture.Name);
                o.WriteNumber("class", answer.Class);
                o.WriteString("label", info.Classes[answer.Class]);
                o.Number("probability", answer.Probability);
                o.WriteEndObject();
            }
            o.WriteEndArray();
        });

    private sealed record Answer(Picture Picture, int Class, double Probability);
}
