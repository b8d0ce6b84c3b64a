using Nabla.Formats;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Formats;

public class ImageFileTests
{
    [Fact]
    public void A_file_is_read_by_its_content_whatever_its_name()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["a.png"], [.. "P5 2 1 255\n"u8, 7, 9]);
        Assert.Equal([7, 9], ImageFile.Read(folder["a.png"]).Values);
    }

    [Theory]
    [InlineData("FFD8FFE0", "a JPEG picture")]
    [InlineData("474946383961", "a GIF picture")]
    [InlineData("424D0000", "a BMP picture")]
    [InlineData("52494646", "a WebP picture")]
    [InlineData("", "an empty file")]
    [InlineData("5034", "none of them, starting with 5034")]
    [InlineData("00000803FF", "none of them, starting with 00000803")]
    public void Another_format_is_named(string hex, string says)
    {
        var e = Assert.Throws<InvalidDataException>(
            () => ImageFile.Read(Convert.FromHexString(hex), "dir/a.bin"));
        Assert.StartsWith("dir/a.bin: expected PNG, PGM or PPM", e.Message);
        Assert.Contains(says, e.Message);
    }

    [Fact]
    public void Values_must_fit_the_size()
    {
        Assert.Throws<ArgumentException>(() => new ImageFile(2, 2, 1, new byte[3]));
        Assert.Throws<ArgumentException>(() => new ImageFile(2, 2, 5, new byte[20]));
        Assert.Throws<ArgumentException>(() => new ImageFile(0, 2, 1, []));
    }

    [Fact]
    public void Gray_is_the_luma_of_the_colours()
    {
        // ITU-R BT.601: 0.299 · 255 = 76.2, 0.587 · 255 = 149.7, 0.114 · 255 = 29.1.
        var image = new ImageFile(4, 1, 3, [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]);
        Assert.Equal([76, 150, 29, 9], image.ToChannels(1).Values);
        Assert.Same(image, image.ToChannels(3));
    }

    [Fact]
    public void Alpha_lies_over_white()
    {
        var image = new ImageFile(3, 1, 2, [100, 255, 100, 0, 0, 51]);
        Assert.Equal([100, 255, 204], image.ToChannels(1).Values);
        Assert.Equal([100, 100, 100, 255, 255, 255, 204, 204, 204], image.ToChannels(3).Values);
        Assert.Equal(
            [10, 20, 30], new ImageFile(1, 1, 4, [10, 20, 30, 255]).ToChannels(3).Values);
        Assert.Contains("wanted in 1 or 3 channels", Assert.Throws<ArgumentOutOfRangeException>(
            () => image.ToChannels(4)).Message);
    }

    [Fact]
    public void Planes_are_the_channels_one_after_another() => Assert.Equal(
        [1, 4, 2, 5, 3, 6], new ImageFile(2, 1, 3, [1, 2, 3, 4, 5, 6]).ToPlanes());

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 17)]
    [InlineData(8, 136)]
    [InlineData(15, 255)]
    public void Four_bits_scale_by_17(int value, byte expected) =>
        Assert.Equal(expected, ImageFile.Scale(value, 15));
}
