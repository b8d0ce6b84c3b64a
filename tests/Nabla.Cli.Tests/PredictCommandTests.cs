using System.Text;
using Nabla.Data.Sources;
using Nabla.Formats;

namespace Nabla.Cli.Tests;

[Collection("digits")]
public class PredictCommandTests(DigitsRun run)
{
    [Fact]
    public async Task Names_class_and_probability_of_a_picture_as_of_the_same_idx_item()
    {
        var image = DigitsSource.LoadAll().Image(0).ToArray();
        var pgm = Write("zero.pgm", [.. Encoding.ASCII.GetBytes("P5 8 8 16\n"), .. image]);
        var idx = Path.Combine(run.Temp, "two-idx3-ubyte");
        using (var stream = File.Create(idx))
        {
            new IdxFile(IdxElement.UInt8, [2, 8, 8], [.. new byte[64], .. image]).Write(stream);
        }
        var answer = await Cli.RunAsync(
            "predict", "--run", run.Folder, pgm, idx + ":1", idx, "--json");
        Assert.Equal(0, answer.Code);
        var predictions = answer.Json["predictions"]!.AsArray();
        Assert.Equal(4, predictions.Count);
        Assert.Equal(pgm, (string?)predictions[0]!["file"]);
        Assert.InRange((double)predictions[0]!["probability"]!, 0.1, 1);
        Assert.Equal((int?)predictions[0]!["class"], (int?)predictions[1]!["class"]);
        Assert.Equal((double)predictions[0]!["probability"]!,
            (double)predictions[1]!["probability"]!, 2);
        Assert.Equal((double?)predictions[1]!["probability"],
            (double?)predictions[3]!["probability"]);

        var text = await Cli.RunAsync("predict", "--run", run.Folder, pgm);
        Assert.Matches(@"zero\.pgm: \d \d+\.\d%", text.Out);
    }

    [Fact]
    public async Task Refuses_foreign_and_missing_files_with_a_sentence()
    {
        var foreign = Write("notes.txt", "no picture"u8.ToArray());
        var large = Write("large.pgm", [.. "P5 2 3 255\n"u8, .. new byte[6]]);
        await Refuses("expected PNG, PGM or PPM", "predict", "--run", run.Folder, foreign);
        await Refuses("takes 8×8", "predict", "--run", run.Folder, large);
        await Refuses("there is no file", "predict", "--run", run.Folder, "absent.png");
        await Refuses("is no training run", "predict", "--run", run.Temp, large);
    }

    [Fact]
    public async Task Refuses_a_checkpoint_of_another_model()
    {
        var copy = Path.Combine(run.Temp, "foreign");
        foreach (var file in Directory.GetFiles(run.Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(run.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        var info = Path.Combine(copy, "run.json");
        File.WriteAllText(info, File.ReadAllText(info).Replace("digits-cnn", "mlp"));
        await Refuses("another model", "eval", "--run", copy);
    }

    private static async Task Refuses(string expected, params string[] args)
    {
        var answer = await Cli.RunAsync(args);
        Assert.Equal(1, answer.Code);
        Assert.Contains(expected, answer.Sentence, StringComparison.Ordinal);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(run.Temp, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
