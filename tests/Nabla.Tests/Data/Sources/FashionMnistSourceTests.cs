using Nabla.Data.Sources;

namespace Nabla.Tests.Data.Sources;

public class FashionMnistSourceTests
{
    private readonly FashionMnistSource _source = new();

    [Fact]
    public void Its_files_are_the_four_published_ones()
    {
        Assert.Equal("fashion-mnist", _source.Name);
        Assert.Equal(IdxImageSource.FileNames, _source.Files.Select(file => file.Name));
        Assert.Equal(4, _source.Files.Select(file => file.Checksum).Distinct().Count());
        Assert.Equal(30_878_645, _source.Files.Sum(file => file.Length));
        Assert.All(_source.Files, file => Assert.Equal(2, file.Addresses.Count));
        Assert.Equal(10, _source.Classes.Count);
        Assert.Equal("Sneaker", _source.Classes[7]);
        Assert.Contains("MIT", _source.Licence);
        Assert.Contains("28×28", _source.Description);
    }

    [Fact]
    public async Task The_distributions_package_is_found_where_it_is_installed()
    {
        var packaged = Assert.Single(_source.SystemFolders);
        var locator = new DataLocator(name => name switch
        {
            "NABLA_OFFLINE" => "1",
            "XDG_CACHE_HOME" => Path.Combine(Path.GetTempPath(), "nabla-no-such-cache"),
            _ => null,
        });
        if (!Directory.Exists(packaged))
        {
            Assert.Null(locator.Find(_source));
            return;
        }

        Assert.All(locator.Find(_source)!, path => Assert.StartsWith(packaged, path));
        var (train, test) = await _source.LoadAsync(locator);
        Assert.Equal((60_000, 10_000), (train.Count, test.Count));
        Assert.Equal((1, 28, 28), (train.Channels, train.Height, train.Width));
        Assert.All(train.Labels.CountBy(label => label), c => Assert.Equal(6000, c.Value));
        Assert.Equal([9, 0, 0, 3, 0], train.Labels[..5]);
        Assert.InRange(train.Images.Average(value => value / 255.0), 0.2860, 0.2861);
    }
}
