using System.Buffers.Binary;
using System.Text;
using Nabla.Formats;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Formats;

public class SafetensorsFileTests
{
    [Fact]
    public void Every_type_and_shape_comes_back()
    {
        using var folder = new TempFolder();
        var path = folder["all.safetensors"];
        var tensors = new Dictionary<string, Tensor>
        {
            ["flags"] = Tensor.From(true, false, true),
            ["weights"] = Tensor.From(new[] { 1.5f, -2, float.NaN, 4, 5, 6 }, new Shape(2, 3)),
            ["double"] = Tensor.From(Math.PI),
            ["long"] = Tensor.Scalar(long.MinValue),
            ["int"] = Tensor.From(-1, 2),
            ["byte"] = Tensor.From<byte>(255),
            ["half"] = Tensor.From((Half)0.5f),
            ["bf16"] = Tensor.Empty(new Shape(0, 4), DType.BFloat16),
        };
        SafetensorsFile.Save(path, tensors, new Dictionary<string, string> { ["a\"b"] = "∇" });

        var file = SafetensorsFile.Open(path);
        Assert.Equal("∇", file.Metadata["a\"b"]);
        Assert.All(file.Entries.Values, e => Assert.Equal(0, e.Start % e.DType.Size));
        var read = SafetensorsFile.Load(path);
        Assert.Equal(tensors.Keys.Order(), read.Keys.Order());
        Assert.All(tensors, pair =>
        {
            Assert.Equal(pair.Value.Shape, read[pair.Key].Shape);
            Assert.Equal(pair.Value.DType, read[pair.Key].DType);
        });
        Assert.Equal(tensors["weights"].ToArray<float>(), read["weights"].ToArray<float>());
        Assert.Equal(long.MinValue, read["long"].Item<long>());
        Assert.Equal([true, false, true], read["flags"].ToArray<bool>());
        Assert.Equal([folder["all.safetensors"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [new("x", Tensor.From(1f))]);
        var bytes = stream.ToArray();
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
            Encoding.UTF8.GetString(bytes, 8, length).TrimEnd());
        Assert.Equal([0, 0, 0x80, 0x3F], bytes[(8 + length)..]);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "takes 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,80]}}""", "outside the 8 by")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "outside the 8 by")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "natural number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "8 follow the head")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "to no tensor")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},""" +
        """  "b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""",
        "'b' overlaps")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},""" +
        """  "a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""",
        "'a' occurs twice")]
    [InlineData(
        """{"a":{"dtype":"U8","dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "'dtype' twice")]
    [InlineData(
        """{"a":{"dtype":"F64","shape":[4611686018427387904,4611686018427387904],""" +
        """  "data_offsets":[0,8]}}""",
        "larger than any file")]
    [InlineData("""{"a":{"dtype":"F8","shape":[8],"data_offsets":[0,8]}}""", "known are F32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "lacks its dtype")]
    [InlineData("""{"a":[1]}""", "no JSON object")]
    [InlineData("""{"__metadata__":{"k":1}}""", "no string")]
    [InlineData("""[]""", "no JSON object")]
    [InlineData("""{"a":""", "not the JSON")]
    [InlineData("""{} {}""", "not the JSON")]
    [InlineData("""{"a":{"dtype":7,"shape":[8],"data_offsets":[0,8]}}""", "not the JSON")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,8],"data_offsets":[0,8]}}""", "more than 8")]
    public void A_hostile_header_is_refused_in_one_sentence(string header, string sentence)
    {
        using var folder = new TempFolder();
        var path = folder["bad.safetensors"];
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        File.WriteAllBytes(path, [.. length, .. json, 1, 2, 3, 4, 5, 6, 7, 8]);
        var error = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path));
        Assert.Contains(sentence, error.Message);
        Assert.StartsWith($"{path} is no usable safetensors file", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(40)]
    [InlineData(-1)]
    public void A_file_cut_off_anywhere_is_refused(int length)
    {
        using var folder = new TempFolder();
        var path = folder["cut.safetensors"];
        SafetensorsFile.Save(path, [new("x", Tensor.From(1f, 2f, 3f))]);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, length < 0 ? bytes[..^1] : bytes[..length]);
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path));
    }

    [Fact]
    public void A_header_that_claims_to_be_huge_takes_no_memory()
    {
        using var folder = new TempFolder();
        var path = folder["huge.safetensors"];
        File.WriteAllBytes(path, [.. BitConverter.GetBytes(90_000_000UL), (byte)'{']);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path));
        File.WriteAllBytes(path, [.. BitConverter.GetBytes(ulong.MaxValue), (byte)'{']);
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Names_that_clash_are_refused_before_anything_is_written()
    {
        using var folder = new TempFolder();
        var x = Tensor.From(1f);
        Assert.Throws<ArgumentException>(() =>
            SafetensorsFile.Save(folder["x"], [new("a", x), new("a", x)]));
        Assert.Throws<ArgumentException>(() =>
            SafetensorsFile.Save(folder["x"], [new("__metadata__", x)]));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_missing_tensor_is_named()
    {
        using var folder = new TempFolder();
        SafetensorsFile.Save(folder["x"], []);
        Assert.Contains("no tensor 'w'", Assert.Throws<KeyNotFoundException>(() =>
            SafetensorsFile.Open(folder["x"]).Read("w")).Message);
    }
}
