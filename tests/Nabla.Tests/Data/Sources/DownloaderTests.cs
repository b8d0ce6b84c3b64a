using System.Security.Cryptography;
using Nabla.Data.Sources;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Data.Sources;

public sealed class DownloaderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly byte[] _bytes = RandomNumberGenerator.GetBytes(300_000);
    private readonly Downloader _downloader = new()
    {
        Rounds = 3,
        Pause = TimeSpan.FromMilliseconds(5),
        Patience = TimeSpan.FromSeconds(5),
    };

    private string Target => _folder["cache", "a.bin"];

    private string Part => Target + ".part";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_arrives_whole_with_progress_and_nothing_beside_it()
    {
        using var server = new LocalServer((context, _) => LocalServer.Send(context, _bytes));
        var steps = new List<DownloadProgress>();
        await DownloadAsync(new Recorder(steps), server.Address);
        Assert.Equal(_bytes, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder["cache"]));
        Assert.Equal(0, steps[0].Received);
        Assert.Equal(new DownloadProgress("a.bin", 300_000, 300_000), steps[^1]);
        Assert.True(steps.Zip(steps.Skip(1)).All(two => two.First.Received <= two.Second.Received));
    }

    [Fact]
    public async Task A_cut_connection_is_continued_where_it_ended()
    {
        using var server = new LocalServer((context, number) =>
            LocalServer.Send(context, _bytes, cutAfter: number == 0 ? 100_000 : null));
        await DownloadAsync(server.Address);
        Assert.Equal(_bytes, File.ReadAllBytes(Target));
        Assert.Equal(2, server.Requests.Count);
        Assert.StartsWith("/a.bin bytes=", server.Requests[1]);
    }

    [Fact]
    public async Task A_part_of_an_earlier_run_is_continued()
    {
        using var server = new LocalServer((context, _) => LocalServer.Send(context, _bytes));
        WritePart(_bytes[..123_456]);
        await DownloadAsync(server.Address);
        Assert.Equal(_bytes, File.ReadAllBytes(Target));
        Assert.Equal(["/a.bin bytes=123456-"], server.Requests);
    }

    [Fact]
    public async Task A_part_that_is_already_whole_is_not_fetched_again()
    {
        using var server = new LocalServer((context, _) => LocalServer.Send(context, _bytes));
        WritePart(_bytes);
        await DownloadAsync(server.Address);
        Assert.Equal(_bytes, File.ReadAllBytes(Target));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_is_read_from_the_start()
    {
        using var server = new LocalServer((context, _) => LocalServer.SendRest(context, _bytes));
        WritePart(_bytes[..1000]);
        await DownloadAsync(server.Address);
        Assert.Equal(_bytes, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(300_000)]
    [InlineData(300_001)]
    public async Task A_part_of_something_else_is_noticed_and_fetched_anew(int length)
    {
        using var server = new LocalServer((context, _) => LocalServer.Send(context, _bytes));
        WritePart(new byte[length]);
        await DownloadAsync(server.Address);
        Assert.Equal(_bytes, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_server_that_sends_another_range_is_read_from_the_start()
    {
        using var server = new LocalServer((context, number) =>
        {
            if (number == 0)
            {
                context.Response.StatusCode = 206;
                context.Response.AddHeader("Content-Range", "bytes 5-299999/300000");
                LocalServer.SendRest(context, _bytes, 5);
                return;
            }

            LocalServer.Send(context, _bytes);
        });
        WritePart(_bytes[..1000]);
        await DownloadAsync(server.Address);
        Assert.Equal(_bytes, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task The_second_mirror_helps_when_the_first_has_nothing()
    {
        using var empty = new LocalServer((context, _) => context.Response.StatusCode = 404);
        using var full = new LocalServer((context, _) => LocalServer.Send(context, _bytes));
        await DownloadAsync(empty.Address, full.Address);
        Assert.Equal(_bytes, File.ReadAllBytes(Target));
        Assert.Single(empty.Requests);
    }

    [Fact]
    public async Task A_missing_file_is_asked_for_once_and_named()
    {
        using var server = new LocalServer((context, _) => context.Response.StatusCode = 404);
        var e = await Assert.ThrowsAsync<IOException>(() => DownloadAsync(server.Address));
        Assert.Contains("Could not download a.bin", e.Message);
        Assert.Contains($"{server.Address}/a.bin: answered 404", e.Message);
        Assert.Single(server.Requests);
        Assert.Empty(Directory.GetFiles(_folder["cache"]));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        using var server = new LocalServer((context, number) =>
        {
            if (number < 2)
            {
                context.Response.StatusCode = 503;
                return;
            }

            LocalServer.Send(context, _bytes);
        });
        await DownloadAsync(server.Address);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Wrong_bytes_are_never_kept()
    {
        var wrong = new byte[_bytes.Length];
        using var server = new LocalServer((context, _) => LocalServer.Send(context, wrong));
        var e = await Assert.ThrowsAsync<IOException>(() => DownloadAsync(server.Address));
        Assert.Contains("its bytes give md5:", e.Message);
        Assert.Empty(Directory.GetFiles(_folder["cache"]));
    }

    [Fact]
    public async Task An_answer_of_another_length_is_refused_before_it_is_read()
    {
        using var server = new LocalServer((context, _) => LocalServer.Send(context, [1, 2, 3]));
        var e = await Assert.ThrowsAsync<IOException>(() => DownloadAsync(server.Address));
        Assert.Contains("has 3 bytes where the file has 300000", e.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task After_the_last_try_the_part_stays_for_the_next_run()
    {
        using var server = new LocalServer((context, _) => LocalServer.Send(
            context, _bytes, cutAfter: 1000));
        var e = await Assert.ThrowsAsync<IOException>(() => DownloadAsync(server.Address));
        Assert.Contains("Could not download a.bin", e.Message);
        Assert.False(File.Exists(Target));
        Assert.Equal(_bytes.AsSpan(0, 1000), File.ReadAllBytes(Part).AsSpan(0, 1000));
    }

    [Fact]
    public async Task A_silent_server_is_given_up()
    {
        using var gate = new ManualResetEventSlim();
        using var server = new LocalServer((_, _) => gate.Wait(TimeSpan.FromSeconds(20)));
        var hasty = new Downloader { Rounds = 1, Patience = TimeSpan.FromMilliseconds(50) };
        var e = await Assert.ThrowsAsync<IOException>(
            () => hasty.DownloadAsync(Remote(server.Address), Target));
        gate.Set();
        Assert.Contains("silent for", e.Message);
    }

    [Fact]
    public async Task Cancelling_ends_it_at_once()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new LocalServer((context, _) =>
        {
            cancel.Cancel();
            LocalServer.Send(context, _bytes, cutAfter: 10);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _downloader.DownloadAsync(
            Remote(server.Address), Target, null, cancel.Token));
        Assert.Single(server.Requests);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Two_downloads_of_one_file_do_not_mix()
    {
        Directory.CreateDirectory(_folder["cache"]);
        using var first = new FileStream(
            Part, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var e = await Assert.ThrowsAsync<IOException>(() => DownloadAsync("http://localhost:9"));
        Assert.Contains("another download", e.Message);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        File.WriteAllText(_folder["cache"], "a file where the folder should be");
        var e = await Assert.ThrowsAnyAsync<IOException>(() => DownloadAsync("http://localhost:9"));
        Assert.Contains(_folder["cache"], e.Message);
    }

    [Fact]
    public async Task An_answer_that_ends_early_or_refuses_the_rest_is_said_and_tried_anew()
    {
        using var server = new LocalServer((context, number) =>
        {
            if (number == 0)
            {
                // All that it announces, in a form that announces nothing.
                context.Response.SendChunked = true;
                context.Response.OutputStream.Write(_bytes, 0, 1000);
                return;
            }
            context.Response.StatusCode = 416;
        });
        var e = await Assert.ThrowsAsync<IOException>(() => DownloadAsync(server.Address));
        Assert.Contains("does not continue the file", e.Message);
        Assert.Equal("/a.bin bytes=1000-", server.Requests[1]);
        Assert.Equal("/a.bin", server.Requests[2]);
    }

    [Fact]
    public async Task An_answer_without_a_length_that_ends_early_is_said()
    {
        using var server = new LocalServer((context, _) =>
        {
            context.Response.SendChunked = true;
            if (context.Request.Headers["Range"] is { } range)
            {
                context.Response.StatusCode = 206;
                context.Response.AddHeader("Content-Range", $"bytes {range[6..]}0/{_bytes.Length}");
                return;
            }
            context.Response.OutputStream.Write(_bytes, 0, 1000);
        });
        var e = await Assert.ThrowsAsync<IOException>(() => DownloadAsync(server.Address));
        Assert.Contains("ended after 1000 of 300000 bytes", e.Message);
    }

    [Fact]
    public async Task An_answer_with_another_part_than_asked_for_is_said()
    {
        WritePart(_bytes[..1000]);
        using var server = new LocalServer((context, _) =>
        {
            context.Response.StatusCode = 206;
            context.Response.AddHeader(
                "Content-Range", $"bytes 7-{_bytes.Length - 1}/{_bytes.Length}");
            LocalServer.SendRest(context, _bytes, 7);
        });
        var e = await Assert.ThrowsAsync<IOException>(() => DownloadAsync(server.Address));
        Assert.Contains("sent another part than asked for", e.Message);
    }

    [Fact]
    public async Task A_part_that_another_download_holds_or_that_is_a_folder_is_named()
    {
        using var server = new LocalServer((context, _) => LocalServer.Send(context, _bytes));
        Directory.CreateDirectory(_folder["cache"]);
        using (File.Open(Part, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            var busy = await Assert.ThrowsAsync<IOException>(() => DownloadAsync(server.Address));
            Assert.Contains($"Could not open {Part}: ", busy.Message);
            Assert.EndsWith(
                "If another download of it is running, wait for that one.", busy.Message);
        }
        File.Delete(Part);
        Directory.CreateDirectory(Part);
        var e = await Assert.ThrowsAsync<IOException>(() => DownloadAsync(server.Address));
        Assert.Contains($"Could not write {Part}: ", e.Message);
    }

    private Task DownloadAsync(params string[] mirrors) => DownloadAsync(null, mirrors);

    private Task DownloadAsync(IProgress<DownloadProgress>? progress, params string[] mirrors) =>
        _downloader.DownloadAsync(Remote(mirrors), Target, progress);

    private RemoteFile Remote(params string[] mirrors) => new(
        "a.bin", _bytes.Length, "md5:" + Convert.ToHexStringLower(MD5.HashData(_bytes)), mirrors);

    private void WritePart(byte[] bytes)
    {
        Directory.CreateDirectory(_folder["cache"]);
        File.WriteAllBytes(Part, bytes);
    }

    private sealed class Recorder(List<DownloadProgress> steps) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => steps.Add(value);
    }
}
