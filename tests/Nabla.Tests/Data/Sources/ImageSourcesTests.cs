using Nabla.Data.Sources;

namespace Nabla.Tests.Data.Sources;

public class ImageSourcesTests
{
    [Fact]
    public void Data_sets_are_made_by_the_name_that_they_give_themselves()
    {
        Assert.Equal(["digits", "fashion-mnist", "mnist"],
            ImageSources.All.Select(entry => entry.Name));
        Assert.All(ImageSources.All, entry => Assert.Equal(entry.Name, entry.Create().Name));
    }
}
