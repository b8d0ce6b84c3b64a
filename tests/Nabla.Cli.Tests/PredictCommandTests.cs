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
        await Refuses("is 2×3 pixels, but digits-cnn takes 8×8; scale it first.",
            "predict", "--run", run.Folder, large);
        await Refuses("there is no file", "predict", "--run", run.Folder, "absent.png");
        await Refuses("is no training run", "predict", "--run", run.Temp, large);
    }

    [Fact]
    public async Task Refuses_items_that_are_not_there_and_images_of_other_channels()
    {
        var pgm = Write("one.pgm", [.. "P5 8 8 255\n"u8, .. new byte[64]]);
        await Refuses(2, "one.pgm:3: only IDX files have items.", pgm + ":3");
        var gray = WriteIdx("gray-idx3-ubyte", [2, 8, 8]);
        await Refuses(2, "gray-idx3-ubyte has 2 items, numbered from 0: there is no item 5.",
            gray + ":5");
        await Refuses(1, "colour-idx4-ubyte holds images of 3 channels, but digits-cnn takes 1.",
            WriteIdx("colour-idx4-ubyte", [2, 3, 8, 8]));
        await Refuses(1, "labels-idx1-ubyte: expected images (N, H, W) or (N, C, H, W) of bytes, "
            + "but it holds uint8 (64).", WriteIdx("labels-idx1-ubyte", [64]));

        Task Refuses(int code, string expected, string file) =>
            PredictCommandTests.Refuses(code, expected, "predict", "--run", run.Folder, file);
    }

    [Fact]
    public async Task Refuses_a_checkpoint_of_another_model_and_a_run_without_one()
    {
        var copy = Copy("foreign");
        var info = Path.Combine(copy, "run.json");
        File.WriteAllText(info, File.ReadAllText(info).Replace("digits-cnn", "mlp"));
        await Refuses("is a checkpoint of another model than mlp: ", "eval", "--run", copy);

        copy = Copy("early");
        Directory.Delete(Path.Combine(copy, "checkpoints"), recursive: true);
        await Refuses("has no last checkpoint yet; train it first.", "eval", "--run", copy);
    }

    [Fact]
    public async Task Refuses_a_damaged_result()
    {
        var copy = Copy("damaged");
        File.WriteAllText(Path.Combine(copy, "result.json"), "{");
        await Refuses("result.json is damaged: ", "eval", "--run", copy);
    }

    private static Task Refuses(string expected, params string[] args) =>
        Refuses(1, expected, args);

    private static async Task Refuses(int code, string expected, params string[] args)
    {
        var answer = await Cli.RunAsync(args);
        Assert.Equal(code, answer.Code);
        Assert.Contains(expected, answer.Sentence, StringComparison.Ordinal);
    }

    private string Copy(string name)
    {
        var copy = Path.Combine(run.Temp, name);
        foreach (var file in Directory.GetFiles(run.Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(run.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return copy;
    }

    private string WriteIdx(string name, int[] shape)
    {
        using var stream = new MemoryStream();
        new IdxFile(IdxElement.UInt8, shape, new byte[shape.Aggregate((a, b) => a * b)])
            .Write(stream);
        return Write(name, stream.ToArray());
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(run.Temp, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
