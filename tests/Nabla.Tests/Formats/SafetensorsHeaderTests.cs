using System.Text;
using Nabla.Formats;
using Nabla.Tensors;

namespace Nabla.Tests.Formats;

public class SafetensorsHeaderTests
{
    [Fact]
    public void What_is_formatted_is_parsed()
    {
        var entry = new SafetensorsEntry("w", DType.BFloat16, new Shape(2, 3), 0, 12);
        var metadata = new Dictionary<string, string> { ["k"] = "v" };
        var header = SafetensorsHeader.Parse(SafetensorsHeader.Format([entry], metadata), 12);
        Assert.Equal(entry, header.Entries["w"]);
        Assert.Equal(metadata, header.Metadata);
    }

    [Fact]
    public void Names_in_errors_hold_no_control_characters()
    {
        var json = Encoding.UTF8.GetBytes("""{"\u001b[31m\n":1}""");
        var error = Assert.Throws<InvalidDataException>(() => SafetensorsHeader.Parse(json, 0));
        Assert.DoesNotContain(error.Message, char.IsControl);
    }
}
