namespace Nabla.Data.Sources;

/// <summary>
/// Finds the files of a data set: in the folders of <c>NABLA_DATA</c>, the user's cache, the
/// folders of the system's packages; else downloads them into the cache, from <c>NABLA_MIRROR</c>
/// if that is set, and not at all with <c>NABLA_OFFLINE=1</c>.
/// </summary>
public sealed class DataLocator
{
    private readonly IReadOnlyList<string> _folders;
    private readonly string? _mirror;
    private readonly bool _offline;
    private readonly Downloader _downloader;

    /// <summary>A locator that takes its settings from environment variables, or from another
    /// source of values by name.</summary>
    public DataLocator(Func<string, string?>? variable = null, Downloader? downloader = null)
    {
        string? Value(string name) =>
            (variable ?? Environment.GetEnvironmentVariable)(name) is { Length: > 0 } value
                ? value
                : null;

        _folders = Value("NABLA_DATA")?.Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        CacheFolder = Cache(Value);
        _mirror = Value("NABLA_MIRROR");
        _offline = Value("NABLA_OFFLINE") is not (null or "0");
        _downloader = downloader ?? new Downloader();
    }

    /// <summary>Where downloads go, a folder for each data set.</summary>
    public string CacheFolder { get; }

    /// <summary>The files' paths in the order of their names if all lie in this folder, compressed
    /// or not; else null.</summary>
    public static IReadOnlyList<string>? FindIn(string folder, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var paths = new List<string>();
        foreach (var name in names)
        {
            var path = Path.Combine(folder, name);
            var plain = path.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path;
            if (File.Exists(path))
            {
                paths.Add(path);
            }
            else if (File.Exists(plain))
            {
                paths.Add(plain);
            }
        }

        return paths.Count == names.Count ? paths : null;
    }

    /// <summary>The paths of a data set's files on this machine, in the source's order; null if it
    /// is not here.</summary>
    public IReadOnlyList<string>? Find(IImageSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var names = source.Files.Select(file => file.Name).ToArray();
        return Places(source).Select(place => FindIn(place, names))
            .FirstOrDefault(paths => paths is not null);
    }

    /// <summary>The paths of a data set's files, in the source's order, after fetching them if
    /// need be.</summary>
    /// <exception cref="IOException">They are not here and cannot be fetched; the message says
    /// where to put them.</exception>
    public async Task<IReadOnlyList<string>> LocateAsync(
        IImageSource source,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Find(source) is { } found)
        {
            return found;
        }

        if (_offline)
        {
            throw Missing(source, "NABLA_OFFLINE forbids the download.", null);
        }

        var folder = Path.Combine(CacheFolder, source.Name);
        try
        {
            foreach (var file in source.Files)
            {
                var path = Path.Combine(folder, file.Name);
                if (!File.Exists(path))
                {
                    await _downloader
                        .DownloadAsync(OnMirror(source, file), path, progress, cancel)
                        .ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            throw Missing(source, e.Message, e);
        }

        return Find(source)!;
    }

    private static string Cache(Func<string, string?> value)
    {
        if (OperatingSystem.IsWindows() && value("LOCALAPPDATA") is { } local)
        {
            return Path.Combine(local, "nabla");
        }

        // The XDG specification: a relative path is to be ignored.
        if (value("XDG_CACHE_HOME") is { } cache && Path.IsPathFullyQualified(cache))
        {
            return Path.Combine(cache, "nabla");
        }

        var home = value("HOME")
            ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), ".cache", "nabla");
    }

    private IEnumerable<string> Places(IImageSource source)
    {
        foreach (var folder in _folders)
        {
            yield return Path.Combine(folder, source.Name);

            // MNIST and its likes share file names: a folder counts only under the set's name.
            if (Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))
                .Equals(source.Name, StringComparison.OrdinalIgnoreCase))
            {
                yield return folder;
            }
        }

        yield return Path.Combine(CacheFolder, source.Name);
        foreach (var folder in source.SystemFolders)
        {
            yield return folder;
        }
    }

    private RemoteFile OnMirror(IImageSource source, RemoteFile file) =>
        _mirror is null ? file : file.On($"{_mirror.TrimEnd('/')}/{source.Name}");

    private IOException Missing(IImageSource source, string reason, Exception? inner) => new(
        $"The data set {source.Name} is not here: looked in {string.Join(", ", Places(source))}. " +
        $"{reason} Put {string.Join(", ", source.Files.Select(file => file.Name))} into " +
        $"{Path.Combine(CacheFolder, source.Name)}, or set NABLA_DATA to a folder in which " +
        $"{source.Name} has them.",
        inner);
}
