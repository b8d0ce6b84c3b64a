using System.Text;
using Nabla.Formats;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Formats;

public class DurableFileTests
{
    [Fact]
    public void A_file_is_replaced_whole()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["f"], "a longer old text");
        DurableFile.Write(folder["f"], s => s.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(folder["f"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_failure_leaves_the_former_file_and_no_other()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["f"], "old");
        Assert.Throws<IOException>(() => DurableFile.Write(folder["f"], s =>
        {
            s.Write(Encoding.UTF8.GetBytes(new string('x', 1 << 20)));
            throw new IOException("no space left");
        }));
        Assert.Equal("old", File.ReadAllText(folder["f"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_refusal_of_the_disk_names_the_file()
    {
        using var folder = new TempFolder();
        foreach (Exception refusal in (Exception[])[new IOException("no space left"),
            new ArgumentOutOfRangeException(null, "file length too large")])
        {
            var e = Assert.Throws<IOException>(
                () => DurableFile.Write(folder["f"], _ => throw refusal));
            Assert.Contains($"{folder["f"]} could not be written: ", e.Message);
            Assert.Contains(refusal.Message, e.Message);
        }
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
