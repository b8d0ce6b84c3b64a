using Nabla.Data.Sources;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Data.Sources;

public sealed class DataLocatorTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string?> _variables;
    private readonly MnistSource _mnist = new();

    public DataLocatorTests() => _variables = new()
    {
        ["XDG_CACHE_HOME"] = _folder["cache"],
        ["LOCALAPPDATA"] = _folder["cache"],
        ["NABLA_OFFLINE"] = "1",
    };

    private DataLocator Locator => new(
        name => _variables.GetValueOrDefault(name),
        new Downloader { Rounds = 1, Pause = TimeSpan.Zero });

    private string Cache => _folder["cache", "nabla", "mnist"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_folder_of_NABLA_DATA_comes_before_the_cache()
    {
        IdxFolder.Write(Cache);
        Assert.StartsWith(Cache, Locator.Find(_mnist)![0]);
        IdxFolder.Write(_folder["mine", "mnist"]);
        _variables["NABLA_DATA"] = _folder["none"] + Path.PathSeparator + _folder["mine"];
        Assert.Equal(
            IdxImageSource.FileNames.Select(name => _folder["mine", "mnist", name]),
            Locator.Find(_mnist));
    }

    [Fact]
    public void A_folder_named_like_the_data_set_is_taken_and_no_other()
    {
        IdxFolder.Write(_folder["MNIST"]);
        IdxFolder.Write(_folder["other"]);
        _variables["NABLA_DATA"] = _folder["other"];
        Assert.Null(Locator.Find(_mnist));
        _variables["NABLA_DATA"] = _folder["MNIST"] + Path.DirectorySeparatorChar;
        Assert.NotNull(Locator.Find(_mnist));
    }

    [Fact]
    public void A_folder_that_lacks_one_file_does_not_count()
    {
        IdxFolder.Write(Cache);
        File.Delete(Path.Combine(Cache, IdxImageSource.FileNames[3]));
        Assert.Null(Locator.Find(_mnist));
    }

    [Fact]
    public void Files_may_be_unpacked()
    {
        IdxFolder.Write(Cache, compress: false);
        Assert.All(Locator.Find(_mnist)!, path => Assert.EndsWith("ubyte", path));
    }

    [Fact]
    public void The_cache_lies_in_the_home_folder_unless_it_is_set()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Equal(_folder["cache", "nabla"], Locator.CacheFolder);
            return;
        }

        Assert.Equal(_folder["cache", "nabla"], Locator.CacheFolder);
        _variables["XDG_CACHE_HOME"] = "relative";
        _variables["HOME"] = _folder["home"];
        Assert.Equal(_folder["home", ".cache", "nabla"], Locator.CacheFolder);
        _variables.Remove("HOME");
        Assert.True(Path.IsPathFullyQualified(Locator.CacheFolder));
    }

    [Fact]
    public async Task Without_a_network_one_sentence_says_where_to_put_the_files()
    {
        var e = await Assert.ThrowsAsync<IOException>(() => Locator.LocateAsync(_mnist));
        Assert.Contains("The data set mnist is not here: looked in " + Cache, e.Message);
        Assert.Contains("NABLA_OFFLINE forbids the download", e.Message);
        Assert.Contains("Put train-images-idx3-ubyte.gz, ", e.Message);
        Assert.Contains($"into {Cache}, or set NABLA_DATA", e.Message);
    }

    [Fact]
    public async Task What_is_missing_is_downloaded_into_the_cache_from_the_mirror()
    {
        using var server = new LocalServer((context, _) => context.Response.StatusCode = 404);
        _variables["NABLA_OFFLINE"] = "0";
        _variables["NABLA_MIRROR"] = server.Address + "/copies/";
        IdxFolder.Write(Cache);
        File.Delete(Path.Combine(Cache, IdxImageSource.FileNames[2]));
        var e = await Assert.ThrowsAsync<IOException>(() => Locator.LocateAsync(_mnist));
        Assert.Equal(["/copies/mnist/t10k-images-idx3-ubyte.gz"], server.Requests);
        Assert.Contains("Could not download t10k-images-idx3-ubyte.gz", e.Message);
        Assert.Contains("answered 404", e.Message);
        Assert.Contains($"into {Cache}", e.Message);
    }

    [Fact]
    public async Task A_download_is_found_the_next_time()
    {
        byte[] bytes = [1, 2, 3];
        using var server = new LocalServer((context, _) => LocalServer.Send(context, bytes));
        _variables.Remove("NABLA_OFFLINE");
        _variables["NABLA_MIRROR"] = server.Address;
        var source = new OneFile();
        var paths = await Locator.LocateAsync(source);
        Assert.Equal([_folder["cache", "nabla", "one", "a.gz"]], paths);
        Assert.Equal(bytes, File.ReadAllBytes(paths[0]));
        Assert.Equal(paths, await Locator.LocateAsync(source));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_mirror_that_is_no_address_is_named()
    {
        _variables.Remove("NABLA_OFFLINE");
        _variables["NABLA_MIRROR"] = "nowhere";
        var e = await Assert.ThrowsAsync<IOException>(() => Locator.LocateAsync(_mnist));
        Assert.Contains("A mirror is an http:// or https:// address, but got 'nowhere", e.Message);
    }

    private sealed class OneFile : IImageSource
    {
        public string Name => "one";

        public string Description => "";

        public string Licence => "";

        public IReadOnlyList<string> SystemFolders => [];

        /// <summary>The MD5 of the bytes 1, 2, 3.</summary>
        public IReadOnlyList<RemoteFile> Files => [new RemoteFile(
            "a.gz", 3, "md5:5289df737df57326fcdd22597afb1fac", "http://localhost:9")];

        public Task<ImageSplits> LoadAsync(
            DataLocator locator,
            IProgress<DownloadProgress>? progress = null,
            CancellationToken cancel = default) => throw new NotSupportedException();
    }
}
