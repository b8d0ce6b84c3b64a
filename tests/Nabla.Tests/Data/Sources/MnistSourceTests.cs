using Nabla.Data.Sources;

namespace Nabla.Tests.Data.Sources;

public class MnistSourceTests
{
    [Fact]
    public void Its_files_are_the_four_published_ones()
    {
        var source = new MnistSource();
        Assert.Equal("mnist", source.Name);
        Assert.Equal(IdxImageSource.FileNames, source.Files.Select(file => file.Name));
        Assert.Equal(4, source.Files.Select(file => file.Checksum).Distinct().Count());
        Assert.All(source.Files, file => Assert.StartsWith("sha256:", $"{file.Checksum}"));
        Assert.Equal(11_594_722, source.Files.Sum(file => file.Length));
        Assert.All(source.Files, file => Assert.Equal(2, file.Addresses.Count));
        Assert.Empty(source.SystemFolders);
        Assert.Equal("0123456789", string.Concat(source.Classes));
        Assert.Contains("28×28", source.Description);
        Assert.Contains("CC BY-SA", source.Licence);
    }
}
