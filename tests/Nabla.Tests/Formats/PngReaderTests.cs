using System.Buffers.Binary;
using System.IO.Compression;
using Nabla.Formats;

namespace Nabla.Tests.Formats;

public class PngReaderTests
{
    /// <summary>The fixtures are Pillow's, and so is what they must decode to (see make.py).
    /// </summary>
    [Theory]
    [InlineData("gray-1", 1)]
    [InlineData("gray-8", 1)]
    [InlineData("gray-16", 1)]
    [InlineData("gray-alpha-8", 2)]
    [InlineData("rgb-8", 3)]
    [InlineData("rgb-alpha-8", 4)]
    [InlineData("palette-4", 3)]
    [InlineData("palette-alpha-4", 4)]
    public void What_Pillow_wrote_is_read_as_Pillow_reads_it(string name, int channels)
    {
        var image = ImageFile.Read(Fixture(name + ".png"));
        Assert.Equal((7, 5, channels), (image.Width, image.Height, image.Channels));
        Assert.Equal(File.ReadAllBytes(Fixture(name + ".bin")), image.Values);
    }

    public static TheoryData<int, int, int, int> Sizes()
    {
        var rows = new TheoryData<int, int, int, int>();
        foreach (var (colour, depth) in new[]
        {
            (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (4, 8), (4, 16), (6, 8),
            (6, 16),
        })
        {
            rows.Add(colour, depth, 1, 1);
            rows.Add(colour, depth, 3, 9);
            rows.Add(colour, depth, 17, 5);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_type_and_filter_decodes_plain_and_interlaced(
        int colour, int depth, int width, int height)
    {
        var samples = PngWriter.Samples(colour);
        var random = new Random(width);
        var values = new int[width * height * samples];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.Next(1 << depth);
        }

        var expected = values.Select(v => (byte)Math.Round(v * 255.0 / ((1 << depth) - 1)));
        foreach (var interlaced in new[] { false, true })
        {
            var file = new PngWriter(width, height, colour, depth, interlaced).Write(values);
            var image = ImageFile.Read(file, "a.png");
            Assert.Equal((width, height, samples), (image.Width, image.Height, image.Channels));
            Assert.Equal(expected, image.Values);
        }
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_is_refused_or_harmless()
    {
        var file = File.ReadAllBytes(Fixture("rgb-8.png"));
        for (var i = 8; i < file.Length; i++)
        {
            var e = Assert.Throws<InvalidDataException>(() => ImageFile.Read(file[..i], "a.png"));
            Assert.StartsWith("a.png: the PNG is cut off", e.Message);
            var changed = file.ToArray();
            changed[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => ImageFile.Read(changed, "a.png"));
        }
    }

    [Theory]
    [InlineData(30_000, 30_000, "cut off: 30000×30000 pixels cannot be in")]
    [InlineData(int.MaxValue, int.MaxValue, "cannot be in")]
    [InlineData(0, 5, "the header asks for 0×5")]
    [InlineData(-1, 5, "the header asks for -1×5")]
    [InlineData(7, 50, "it has fewer rows than its header says")]
    public void A_header_that_lies_is_refused_without_taking_memory(
        int width, int height, string says)
    {
        var file = new PngWriter(7, 5, 0, 8, false).Write(new int[35]);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        PngWriter.Seal(file.AsSpan(8, 25));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var e = Assert.Throws<InvalidDataException>(() => ImageFile.Read(file, "a.png"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains(says, e.Message);
    }

    [Fact]
    public void A_picture_that_would_fill_the_memory_is_refused()
    {
        var rows = new byte[30_000 * (1 + 30_000 / 8)];
        var file = PngWriter.Assemble(30_000, 30_000, 0, 1, false, rows);
        var e = Assert.Throws<InvalidDataException>(() => ImageFile.Read(file, "a.png"));
        Assert.Contains("too big: 30000×30000", e.Message);
    }

    [Fact]
    public void Damage_inside_intact_chunks_is_named()
    {
        Refused("no row filter 9", PngWriter.Assemble(1, 1, 0, 8, false, [9, 0]));
        Refused("cut off before its end", PngWriter.Assemble(1, 1, 0, 8, false, [0, 0])[..20]);
        Refused("the header has another length than 13", [
            .. PngWriter.Assemble(1, 1, 0, 8, false, [0, 0])[..8],
            .. PngWriter.Chunk("IHDR", [1, 2, 3]), .. PngWriter.Chunk("IEND", [])]);
        Refused("colour 0 is not in its palette", PngWriter.Assemble(1, 1, 3, 8, false, [0, 0]));
        Refused("colour type 5 and 8 bits", PngWriter.Assemble(1, 1, 5, 8, false, [0, 0]));
        Refused("the header is not where", [.. PngWriter.Assemble(1, 1, 0, 8, false, [0, 0])[..8],
            .. PngWriter.Chunk("IEND", [])]);
        Refused("a newer PNG", [.. PngWriter.Assemble(1, 1, 0, 8, false, [0, 0])[..33],
            .. PngWriter.Chunk("NEWS", [])]);
        Refused("do not decompress", [.. PngWriter.Assemble(1, 1, 0, 8, false, [0, 0])[..33],
            .. PngWriter.Chunk("IDAT", [1, 2, 3, 4]), .. PngWriter.Chunk("IEND", [])]);
    }

    private static void Refused(string says, byte[] file)
    {
        var e = Assert.Throws<InvalidDataException>(() => ImageFile.Read(file, "a.png"));
        Assert.Contains(says, e.Message);
    }

    private static string Fixture(string name) =>
        Path.Combine(AppContext.BaseDirectory, "Formats", "Png", name);
}
