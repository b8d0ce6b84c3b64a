using System.Text;
using Nabla.Formats;

namespace Nabla.Tests.Formats;

public class PnmReaderTests
{
    [Theory]
    [InlineData("P2\n# a comment\n3 2 # another\n4\n0 1 2\n3 4 0\n", 1)]
    [InlineData("P3 1 2 4\n0 1 2\n3 4 0", 3)]
    public void Text_is_read_with_its_comments_and_scaled(string text, int channels)
    {
        var image = Read(text);
        Assert.Equal((3 / channels, 2, channels), (image.Width, image.Height, image.Channels));
        Assert.Equal([0, 64, 128, 191, 255, 0], image.Values);
    }

    [Theory]
    [InlineData("P5\n3 2\n255\n", 1)]
    [InlineData("P6 1 2 255\n", 3)]
    public void Bytes_are_read_as_they_are(string header, int channels)
    {
        byte[] values = [0, 10, 13, 35, 200, 255];
        var image = ImageFile.Read([.. Encoding.ASCII.GetBytes(header), .. values], "a.pnm");
        Assert.Equal(channels, image.Channels);
        Assert.Equal(values, image.Values);
    }

    [Fact]
    public void Two_bytes_a_value_are_big_endian() => Assert.Equal(
        [0, 128, 255],
        ImageFile.Read([.. "P5 3 1 65535\n"u8, 0, 0, 0x80, 0, 0xFF, 0xFF], "a.pgm").Values);

    [Theory]
    [InlineData("P5", "cut off where a width should be")]
    [InlineData("P5 3", "cut off where a height should be")]
    [InlineData("P5 3 2", "cut off where a maximal value should be")]
    [InlineData("P5 3 2 255\nabcde", "cut off: 3×2 pixels of 1 channels take at least 7 more")]
    [InlineData("P5 0 2 255\nabcdef", "expected a width of 1 to")]
    [InlineData("P5 -3 2 255\nabcdef", "expected a width of 1 to 2147483647 at byte 3")]
    [InlineData("P5 3 2 65536\nabcdef", "expected a maximal value of 1 to 65535")]
    [InlineData("P5 3 1 97\nabc", "value 1 is 98, above the file's own maximum 97")]
    [InlineData("P2 3 1 4\n1 2 5", "expected a value of 0 to 4 at byte 13")]
    [InlineData("P2 3 1 4\n1 2 x", "expected a value of 0 to 4 at byte 13")]
    [InlineData("P2 3 1 4\n1 2   ", "cut off where a value should be")]
    [InlineData("P6 2147483647 2147483647 255\nabc", "cut off")]
    [InlineData("P5 99999999999 1 255\nabc", "expected a width")]
    public void Damaged_files_say_what_was_expected(string text, string says)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var e = Assert.Throws<InvalidDataException>(() => Read(text));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.StartsWith("a.pgm: ", e.Message);
        Assert.Contains(says, e.Message);
    }

    private static ImageFile Read(string text) =>
        ImageFile.Read(Encoding.ASCII.GetBytes(text), "a.pgm");
}
