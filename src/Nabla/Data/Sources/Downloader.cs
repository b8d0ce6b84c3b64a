using System.Net;
using System.Net.Http.Headers;

namespace Nabla.Data.Sources;

/// <summary>
/// Fetches published files over HTTP. Bytes go to <c>PATH.part</c>, which a later call continues;
/// only a file whose checksum fits is renamed to <c>PATH</c>. Addresses are tried in order, several
/// rounds.
/// </summary>
public sealed class Downloader
{
    private static readonly HttpClient s_client = CreateClient();
    private readonly HttpClient _client;

    /// <summary>A downloader over a client of the caller's, or the shared one.</summary>
    public Downloader(HttpClient? client = null) => _client = client ?? s_client;

    /// <summary>How often every address is asked: 3.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>The pause before the second round, doubled before each next: 1 s.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a silent server is waited for: 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Fetches a file to <paramref name="path"/>, replacing what is there.</summary>
    /// <exception cref="IOException">No address gave the whole file, or it cannot be written.
    /// </exception>
    public async Task DownloadAsync(
        RemoteFile file,
        string path,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var part = path + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var output = Open(part))
            {
                await FetchAsync(file, output, progress, cancel).ConfigureAwait(false);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is DiskException or UnauthorizedAccessException)
        {
            throw new IOException($"Could not write {part}: {e.Message}", e);
        }
        finally
        {
            if (new FileInfo(part) is { Exists: true, Length: 0 } empty)
            {
                empty.Delete();
            }
        }
    }

    private static FileStream Open(string part)
    {
        try
        {
            return new FileStream(
                part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException(
                $"Could not open {part}: {e.Message} If another download of it is running, " +
                "wait for that one.", e);
        }
    }

    /// <summary>Asks the addresses round by round until the file is whole.</summary>
    private async Task FetchAsync(
        RemoteFile file,
        FileStream output,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancel)
    {
        var problems = new Dictionary<Uri, string>();
        var hopeless = new HashSet<Uri>();
        for (var round = 0; round < Rounds && hopeless.Count < file.Addresses.Count; round++)
        {
            if (round > 0)
            {
                await Task.Delay(Pause * Math.Pow(2, round - 1), cancel).ConfigureAwait(false);
            }

            foreach (var address in file.Addresses.Where(address => !hopeless.Contains(address)))
            {
                try
                {
                    await FetchAsync(file, address, output, progress, cancel).ConfigureAwait(false);
                    await FinishAsync(file, output, cancel).ConfigureAwait(false);
                    return;
                }
                catch (BadAnswerException e)
                {
                    problems[address] = e.Message;
                    if (e.Final)
                    {
                        hopeless.Add(address);
                    }
                }
                catch (Exception e) when (!cancel.IsCancellationRequested &&
                    e is HttpRequestException or IOException or OperationCanceledException)
                {
                    problems[address] = e is OperationCanceledException
                        ? $"silent for {Patience.TotalSeconds:0.#} s"
                        : e.Message;
                }
            }
        }

        throw new IOException($"Could not download {file.Name}: " +
            string.Join("; ", problems.Select(problem => $"{problem.Key}: {problem.Value}")));
    }

    /// <summary>Asks one address for what is missing, and appends it.</summary>
    private async Task FetchAsync(
        RemoteFile file,
        Uri address,
        FileStream output,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancel)
    {
        if (output.Length == file.Length)
        {
            return;
        }

        if (output.Length > file.Length)
        {
            output.SetLength(0);
        }

        // One clock for the answer and for each block: a stalled server is not waited for forever.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (output.Length > 0)
        {
            request.Headers.Range = new RangeHeaderValue(output.Length, null);
        }

        using var response = await _client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token)
            .ConfigureAwait(false);
        CheckAnswer(file, response, output);
        using var body = await response.Content.ReadAsStreamAsync(patience.Token)
            .ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        output.Position = output.Length;
        while (output.Length < file.Length)
        {
            progress?.Report(new DownloadProgress(file.Name, output.Length, file.Length));
            patience.CancelAfter(Patience);
            var wanted = (int)Math.Min(buffer.Length, file.Length - output.Length);
            var read = await body.ReadAsync(buffer.AsMemory(0, wanted), patience.Token)
                .ConfigureAwait(false);
            if (read == 0)
            {
                throw new BadAnswerException(
                    $"ended after {output.Length} of {file.Length} bytes", final: false);
            }

            await WriteAsync(output, buffer.AsMemory(0, read), cancel).ConfigureAwait(false);
        }

        progress?.Report(new DownloadProgress(file.Name, output.Length, file.Length));
    }

    /// <summary>Refuses an answer that cannot be the file; drops what it will not continue.
    /// </summary>
    private static void CheckAnswer(
        RemoteFile file, HttpResponseMessage response, FileStream output)
    {
        var code = response.StatusCode;
        if (code == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            output.SetLength(0);
            throw new BadAnswerException("does not continue the file", final: false);
        }

        if (!response.IsSuccessStatusCode)
        {
            var passing = (int)code is 408 or 425 or 429 or >= 500;
            throw new BadAnswerException(
                $"answered {(int)code} {response.ReasonPhrase}".TrimEnd(), final: !passing);
        }

        if (code != HttpStatusCode.PartialContent)
        {
            output.SetLength(0);
        }
        else if (response.Content.Headers.ContentRange?.From != output.Length)
        {
            output.SetLength(0);
            throw new BadAnswerException("sent another part than asked for", final: false);
        }

        var whole = output.Length + response.Content.Headers.ContentLength ?? file.Length;
        if (whole != file.Length)
        {
            throw new BadAnswerException(
                $"has {whole} bytes where the file has {file.Length}", final: true);
        }
    }

    /// <summary>Checks the checksum, and puts the bytes on the disk for good.</summary>
    private static async Task FinishAsync(
        RemoteFile file, FileStream output, CancellationToken cancel)
    {
        output.Position = 0;
        var found = await file.Checksum.OfAsync(output, cancel).ConfigureAwait(false);
        if (!found.Equals(file.Checksum))
        {
            output.SetLength(0);
            throw new BadAnswerException(
                $"its bytes give {found} instead of {file.Checksum}", final: false);
        }

        output.Flush(flushToDisk: true);
    }

    private static async Task WriteAsync(
        FileStream output, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await output.WriteAsync(bytes, cancel).ConfigureAwait(false);
            await output.FlushAsync(cancel).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new DiskException(e);
        }
    }

    private static HttpClient CreateClient()
    {
        var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Nabla/0.1");
        return client;
    }

    /// <summary>An address answered, but not with the file; final when asking again is idle.
    /// </summary>
    private sealed class BadAnswerException(string message, bool final) : Exception(message)
    {
        public bool Final => final;
    }

    /// <summary>The disk failed, not the network: no other address helps.</summary>
    private sealed class DiskException(IOException inner) : Exception(inner.Message, inner);
}
