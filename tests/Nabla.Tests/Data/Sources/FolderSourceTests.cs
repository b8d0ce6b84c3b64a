using Nabla.Data.Sources;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Data.Sources;

public sealed class FolderSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_of_ones_own_is_a_data_set_with_the_classes_that_occur()
    {
        IdxFolder.Write(_folder["shapes"], compress: false);
        var source = new FolderSource(_folder["shapes"] + Path.DirectorySeparatorChar);
        var (train, test) = await source.LoadAsync(new DataLocator());
        Assert.Equal("shapes", source.Name);
        Assert.Contains("shapes", source.Description);
        Assert.NotEmpty(source.Licence);
        Assert.Empty(source.Files);
        Assert.Empty(source.SystemFolders);
        Assert.Equal(["0", "1", "2"], train.Classes);
        Assert.Equal(["0", "1", "2"], test.Classes);
        Assert.Equal((3, 2), (train.Count, test.Count));
    }

    [Fact]
    public async Task A_folder_without_the_files_says_which_it_needs()
    {
        var source = new FolderSource(_folder.Path);
        var e = await Assert.ThrowsAsync<FileNotFoundException>(
            () => source.LoadAsync(new DataLocator()));
        Assert.Contains($"{_folder.Path} is no data set", e.Message);
        Assert.Contains("t10k-labels-idx1-ubyte.gz", e.Message);
    }
}
