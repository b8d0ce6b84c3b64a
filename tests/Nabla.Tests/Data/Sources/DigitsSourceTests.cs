using Nabla.Data.Sources;

namespace Nabla.Tests.Data.Sources;

public class DigitsSourceTests
{
    [Fact]
    public void The_images_are_those_of_the_source_in_its_order()
    {
        var all = DigitsSource.LoadAll();
        Assert.Equal((1797, 1, 8, 8), (all.Count, all.Channels, all.Height, all.Width));
        Assert.Equal((0, 16), (all.Images.Min(), all.Images.Max()));

        // First row, last row and sum of scikit-learn's load_digits().
        Assert.Equal([0, 0, 5, 13, 9, 1, 0, 0], all.Image(0)[..8].ToArray());
        Assert.Equal([0, 1, 8, 12, 14, 12, 1, 0], all.Image(1796)[56..].ToArray());
        Assert.Equal(561_718, all.Images.Sum(value => value));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], all.Labels[..10]);
        Assert.Equal([9, 0, 8, 9, 8], all.Labels[^5..]);
    }

    [Fact]
    public void Every_class_has_its_count() => Assert.Equal(
        [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
        DigitsSource.LoadAll().Labels.CountBy(label => label).OrderBy(c => c.Key)
            .Select(c => c.Value));

    [Fact]
    public async Task The_test_set_is_the_last_360_rows()
    {
        var all = DigitsSource.LoadAll();
        var splits = await new DigitsSource().LoadAsync(new DataLocator());
        Assert.Equal((1437, 360), (splits.Train.Count, splits.Test.Count));
        Assert.Equal(all.Image(1437), splits.Test.Image(0));
        Assert.Equal(all.Labels[1437..], splits.Test.Labels);
        Assert.Equal(all.Labels[..1437], splits.Train.Labels);
    }

    [Fact]
    public void Source_and_licence_are_named()
    {
        var source = new DigitsSource();
        Assert.Equal("digits", source.Name);
        Assert.Contains("UCI", source.Licence);
        Assert.Contains("CC BY 4.0", source.Licence);
        Assert.Empty(source.Files);
        Assert.Empty(source.SystemFolders);
        Assert.Contains("1,797", source.Description);
    }
}
