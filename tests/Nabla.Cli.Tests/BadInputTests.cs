using Nabla.Formats;

namespace Nabla.Cli.Tests;

/// <summary>What is wrong with the user's files or disk is told in a sentence.</summary>
[Collection("digits")]
public sealed class BadInputTests(DigitsRun run) : IDisposable
{
    private readonly string _temp = Directory.CreateTempSubdirectory("nabla-bad-").FullName;

    [Theory]
    [InlineData("truncated", "train-images")]
    [InlineData("foreign", "train-labels")]
    [InlineData("mixed", "do not fit")]
    [InlineData("missing", "is no data set")]
    public async Task A_damaged_or_foreign_data_folder_is_refused(string kind, string expected)
    {
        var data = DataFolder();
        var images = Path.Combine(data, "train-images-idx3-ubyte");
        var labels = Path.Combine(data, "train-labels-idx1-ubyte");
        switch (kind)
        {
            case "truncated":
                File.WriteAllBytes(images, File.ReadAllBytes(images)[..^7]);
                break;
            case "foreign":
                File.WriteAllText(labels, "label\n3\n1\n");
                break;
            case "mixed":
                WriteLabels(labels, 39);
                break;
            default:
                File.Delete(labels);
                break;
        }
        await RefusesToTrain(1, expected, "--data", data);
    }

    [Fact]
    public async Task An_own_data_folder_trains_and_is_found_again_from_elsewhere()
    {
        var data = DataFolder();
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, data);
        var folder = Path.Combine(_temp, "run");
        var trained = await Cli.RunAsync("train", "--model", "digits-cnn", "--data", relative,
            "--epochs", "1", "--batch-size", "4", "--out", folder);
        Assert.True(trained.Code == 0, trained.Error);
        Assert.Contains(data, File.ReadAllText(Path.Combine(folder, "run.json")),
            StringComparison.Ordinal);
        Assert.Equal(0, (await Cli.RunAsync("eval", "--run", folder)).Code);
    }

    [Fact]
    public async Task A_folder_that_can_not_be_written_is_refused()
    {
        var file = Path.Combine(_temp, "file");
        File.WriteAllText(file, "not a folder");
        await Refuses(1, file, "train", "--epochs", "1", "--out", file);
        await Refuses(1, file, "train", "--epochs", "1", "--out", Path.Combine(file, "run"));
        Assert.Equal("not a folder", File.ReadAllText(file));
    }

    [Fact]
    public async Task A_run_that_is_not_there_or_damaged_is_refused()
    {
        await Refuses(1, "is no training run", "eval", "--run", Path.Combine(_temp, "nowhere"));
        var info = Path.Combine(_temp, "run.json");
        foreach (var text in new[]
        {
            "", "{", "[]", "{}", """{"format_version":1,"model":3}""", "{\"format_version\":\"x\"}",
        })
        {
            File.WriteAllText(info, text);
            await Refuses(1, "run.json is damaged", "eval", "--run", _temp);
            await Refuses(1, "run.json is damaged", "train", "--resume", "--out", _temp);
            Assert.Equal(text, File.ReadAllText(info));
        }
        File.WriteAllText(info, """{"format_version":99}""");
        await Refuses(1, "use a newer one", "eval", "--run", _temp);
    }

    [Fact]
    public async Task A_damaged_or_foreign_checkpoint_is_refused_and_left_as_it_is()
    {
        var copy = Copy(run.Folder);
        var weights = Directory.GetFiles(copy, "model.safetensors", SearchOption.AllDirectories);
        foreach (var path in weights)
        {
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..1000]);
        }
        await Refuses(1, "model.safetensors", "eval", "--run", copy);
        await Refuses(1, "model.safetensors", "train", "--resume", "--out", copy);
        Assert.All(weights, path => Assert.Equal(1000, new FileInfo(path).Length));
        await Refuses(1, "model", "train", "--resume", "--model", "mlp", "--data",
            DataFolder(28), "--batch-size", "4", "--out", Copy(run.Folder));
    }

    [Fact]
    public async Task A_disk_that_is_full_ends_the_run_and_leaves_no_half_checkpoint()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        // No file may pass 64 KiB: the weights do not fit, as on a disk that is full.
        var folder = Path.Combine(_temp, "full");
        using var process = CliProcess.StartAfter("trap '' XFSZ; ulimit -f 64",
            [("DOTNET_EnableWriteXorExecute", "0")],
            "train", "--epochs", "1", "--out", folder);
        var end = await process.EndAsync();
        Assert.Equal(1, end.Code);
        Assert.Contains("model.safetensors", end.Sentence, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "last")));
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder, "checkpoints")));
        Assert.Empty(Directory.GetFiles(folder, "*.tmp"));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_temp, recursive: true);

    private Task RefusesToTrain(int code, string expected, params string[] options) => Refuses(
        code, expected,
        ["train", "--model", "digits-cnn", "--out", Path.Combine(_temp, "none"), .. options]);

    private async Task Refuses(int code, string expected, params string[] args)
    {
        var answer = await Cli.RunAsync(args);
        Assert.Equal(code, answer.Code);
        Assert.Contains(expected, answer.Sentence, StringComparison.Ordinal);
        Assert.Contains("nabla: ", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--verbose", answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_temp, "none")));
    }

    /// <summary>40 images to train and 10 to test.</summary>
    private string DataFolder(int size = 8)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_temp, $"data{size}")).FullName;
        foreach (var (part, count) in new[] { ("train", 40), ("t10k", 10) })
        {
            using (var stream = File.Create(Path.Combine(folder, $"{part}-images-idx3-ubyte")))
            {
                new IdxFile(IdxElement.UInt8, [count, size, size], new byte[count * size * size])
                    .Write(stream);
            }
            WriteLabels(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), count);
        }
        return folder;
    }

    private static void WriteLabels(string path, int count)
    {
        using var stream = File.Create(path);
        new IdxFile(IdxElement.UInt8, [count],
            [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]).Write(stream);
    }

    private string Copy(string folder)
    {
        var copy = Path.Combine(_temp, Guid.NewGuid().ToString("n"));
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return copy;
    }
}
