using Nabla.Data.Sources;

namespace Nabla.Tests.Data.Sources;

public class RemoteFileTests
{
    private const string Md5 = "md5:900150983cd24fb0d6963f7d28e17f72";

    [Fact]
    public void Addresses_are_folder_and_name_in_the_given_order()
    {
        var file = new RemoteFile("a.gz", 3, Md5, "https://one.example/x/", "http://two.example");
        Assert.Equal(
            ["https://one.example/x/a.gz", "http://two.example/a.gz"],
            file.Addresses.Select(address => address.ToString()));
    }

    [Fact]
    public void A_mirror_replaces_the_addresses_and_nothing_else()
    {
        var file = new RemoteFile("a.gz", 3, Md5, "https://one.example").On("http://localhost:1/m");
        Assert.Equal("http://localhost:1/m/a.gz", Assert.Single(file.Addresses).ToString());
        Assert.Equal((3L, Md5), (file.Length, file.Checksum.ToString()));
    }

    [Theory]
    [InlineData("mirror")]
    [InlineData("ftp://one.example")]
    [InlineData("/etc")]
    public void A_mirror_that_is_no_web_address_is_refused(string mirror)
    {
        var e = Assert.Throws<FormatException>(() => new RemoteFile("a.gz", 3, Md5, mirror));
        Assert.Contains($"got '{mirror}'", e.Message);
    }
}
