using Nabla.Data.Sources;

namespace Nabla.Tests.Data.Sources;

public class ChecksumTests
{
    /// <summary>The digests of "abc" in RFC 1321 (MD5) and FIPS 180-4 (SHA-256).</summary>
    [Theory]
    [InlineData("md5:900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public async Task The_standards_own_digests_are_found(string expected)
    {
        var checksum = new Checksum(expected);
        Assert.Equal(expected, checksum.ToString());
        var found = await checksum.OfAsync(new MemoryStream("abc"u8.ToArray()));
        Assert.Equal(checksum, found);
        Assert.Equal(checksum.GetHashCode(), found.GetHashCode());
        Assert.NotEqual(checksum, await checksum.OfAsync(new MemoryStream("abd"u8.ToArray())));
    }

    [Fact]
    public void Upper_case_is_the_same_checksum() => Assert.Equal(
        new Checksum("md5:900150983cd24fb0d6963f7d28e17f72"),
        new Checksum("md5:900150983CD24FB0D6963F7D28E17F72"));

    [Theory]
    [InlineData("")]
    [InlineData("900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("md5:900150983cd24fb0d6963f7d28e17f7")]
    [InlineData("md5:900150983cd24fb0d6963f7d28e17f7g")]
    [InlineData("sha1:a9993e364706816aba3e25717850c26c9cd0d89d")]
    public void Anything_else_is_refused(string text)
    {
        var e = Assert.Throws<FormatException>(() => new Checksum(text));
        Assert.Contains($"md5: and 32, or sha256: and 64 hexadecimal digits; got '{text}'",
            e.Message);
    }
}
