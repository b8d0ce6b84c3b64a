using Nabla.Data.Sources;

namespace Nabla.Tests.Data.Sources;

public class LabelledImagesTests
{
    private static readonly string[] s_classes = ["cat", "dog"];

    [Fact]
    public void Images_and_labels_are_counted_and_sliced_together()
    {
        var data = new LabelledImages([1, 2, 3, 4, 5, 6], [0, 1, 0], (1, 1, 2), s_classes, 6);
        Assert.Equal((3, 1, 1, 2), (data.Count, data.Channels, data.Height, data.Width));
        Assert.Equal([3, 4], data.Image(1).ToArray());
        var last = data[^2..];
        Assert.Equal([3, 4, 5, 6], last.Images);
        Assert.Equal([1, 0], last.Labels);
        Assert.Equal(6, last.Maximum);
        Assert.Same(s_classes, last.Classes);
    }

    [Theory]
    [InlineData(5, 0, 255, "3 labels need as many images of 1×1×2 bytes, but there are 5 bytes")]
    [InlineData(6, 2, 255, "Label 1 is 2, but the 2 classes are numbered 0 to 1")]
    [InlineData(6, 0, 3, "Image 2 holds 9, but values go from 0 to 3")]
    public void What_does_not_fit_is_refused(int bytes, byte label, byte maximum, string says)
    {
        var images = new byte[bytes];
        images[^1] = 9;
        var e = Assert.Throws<InvalidDataException>(() => new LabelledImages(
            images, [0, label, 0], (1, 1, 2), s_classes, maximum));
        Assert.Contains(says, e.Message);
    }

    [Fact]
    public void An_image_without_pixels_is_refused() => Assert.Throws<InvalidDataException>(
        () => new LabelledImages([], [0], (1, 0, 2), s_classes));
}
