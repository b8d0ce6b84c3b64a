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

    [Theory]
    [InlineData("{} {}", "the header is not the JSON it should be")]
    [InlineData("""{"w":{"dtype":"F32","dtype":"F32"}}""",
        "'w' has 'dtype' twice, or it is unknown")]
    [InlineData("""{"w":{"stride":1}}""", "'w' has 'stride' twice, or it is unknown")]
    [InlineData("""{"w":{"dtype":"F32","shape":[]}}""",
        "'w' lacks its dtype, shape or data_offsets")]
    [InlineData("""{"w":{"dtype":"C64"}}""",
        "'w' has elements of type C64; known are F32, F64, F16, BF16, I64, I32, U8, BOOL")]
    public void A_broken_rule_is_named(string json, string says) => Assert.Contains(says,
        Assert.Throws<InvalidDataException>(
            () => SafetensorsHeader.Parse(Encoding.UTF8.GetBytes(json), 0)).Message);
}
