using System.IO.Compression;
using Nabla.Formats;

namespace Nabla.Tests.Formats;

public class IdxFileTests
{
    /// <summary>Two images of 1×3 bytes, written out by hand from the format's description.
    /// </summary>
    private static readonly byte[] s_twoImages =
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    [Fact]
    public void Bytes_are_read_as_the_format_says()
    {
        var file = Read(s_twoImages);
        Assert.Equal(IdxElement.UInt8, file.Element);
        Assert.Equal([2, 1, 3], file.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Bytes);
    }

    [Fact]
    public void Values_are_big_endian_in_the_file_and_native_in_memory()
    {
        Assert.Equal([258, -2], Values<short>("0000 0B01 00000002 0102 FFFE"));
        Assert.Equal([16909060], Values<int>("0000 0C01 00000001 01020304"));
        Assert.Equal([-2f], Values<float>("0000 0D01 00000001 C0000000"));
        Assert.Equal([1.5], Values<double>("0000 0E01 00000001 3FF8000000000000"));
        Assert.Equal([-1], Values<sbyte>("0000 0901 00000001 FF"));
    }

    [Theory]
    [InlineData(IdxElement.UInt8, 1)]
    [InlineData(IdxElement.Int8, 1)]
    [InlineData(IdxElement.Int16, 2)]
    [InlineData(IdxElement.Int32, 4)]
    [InlineData(IdxElement.Float32, 4)]
    [InlineData(IdxElement.Float64, 8)]
    public void What_is_written_is_read_back_plain_and_compressed(IdxElement element, int size)
    {
        var bytes = new byte[3 * 5 * size];
        new Random(1).NextBytes(bytes);
        foreach (var compress in new[] { false, true })
        {
            var stream = new MemoryStream();
            new IdxFile(element, [3, 5], bytes).Write(stream, compress);
            Assert.Equal(compress, stream.ToArray()[0] == 0x1F);
            var back = Read(stream.ToArray());
            Assert.Equal(element, back.Element);
            Assert.Equal([3, 5], back.Shape);
            Assert.Equal(bytes, back.Bytes);
        }
    }

    [Fact]
    public void Writing_gives_the_bytes_of_the_format_and_leaves_the_array_alone()
    {
        var stream = new MemoryStream();
        new IdxFile(IdxElement.UInt8, [2, 1, 3], [1, 2, 3, 4, 5, 6]).Write(stream);
        Assert.Equal(s_twoImages, stream.ToArray());

        var ints = new IdxFile(IdxElement.Int32, [1], BitConverter.GetBytes(7));
        ints.Write(new MemoryStream());
        Assert.Equal([7], ints.Values<int>().ToArray());
    }

    [Fact]
    public void No_dimension_is_one_value_and_a_zero_size_is_none()
    {
        Assert.Equal([9], Read([0, 0, 8, 0, 9]).Bytes);
        Assert.Empty(Read([0, 0, 8, 2, 0, 0, 0, 0, 127, 255, 255, 255]).Bytes);
        Assert.Empty(new IdxFile(
            IdxElement.Float64, [int.MaxValue, int.MaxValue, int.MaxValue, 0], []).Bytes);
    }

    [Fact]
    public void More_than_one_read_step_is_read_whole()
    {
        var bytes = new byte[(5 << 20) + 17];
        new Random(2).NextBytes(bytes);
        var stream = new MemoryStream();
        new IdxFile(IdxElement.UInt8, [bytes.Length], bytes).Write(stream, compress: true);
        Assert.Equal(bytes, Read(stream.ToArray()).Bytes);
    }

    [Fact]
    public void A_file_is_read_by_its_path()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, s_twoImages);
            Assert.Equal(6, IdxFile.Read(path).Bytes.Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("", "not an IDX file")]
    [InlineData("0000", "not an IDX file")]
    [InlineData("89504E470D0A1A0A", "starts with 89504E47")]
    [InlineData("0000070100000001AA", "not an IDX file")]
    [InlineData("0000080300000002", "3 dimensions take 16 bytes but there are 8")]
    [InlineData("000008010000000401020304FF", "takes 4 bytes but more follow")]
    [InlineData("00000801000000040102", "takes 4 bytes but there are 2")]
    [InlineData("00000801FFFFFFFF01", "more than one array can hold")]
    [InlineData("000008037FFFFFFF7FFFFFFF7FFFFFFF01", "more than one array can hold")]
    public void What_is_no_whole_array_is_refused_in_a_sentence(string hex, string says)
    {
        var e = Assert.ThrowsAny<InvalidDataException>(() => Read(Convert.FromHexString(hex)));
        Assert.StartsWith("digits.idx: ", e.Message);
        Assert.Contains(says, e.Message);
    }

    [Fact]
    public void A_compressed_file_cut_before_its_last_value_is_refused()
    {
        var stream = new MemoryStream();
        new IdxFile(IdxElement.UInt8, [2, 1, 3], [1, 2, 3, 4, 5, 6]).Write(stream, compress: true);
        var whole = stream.ToArray();
        const int trailer = 8 + 2; // checksum, length, and the end-of-block code
        for (var length = 0; length < whole.Length - trailer; length++)
        {
            var e = Assert.ThrowsAny<InvalidDataException>(() => Read(whole[..length]));
            Assert.StartsWith("digits.idx: ", e.Message);
        }
    }

    [Fact]
    public void A_header_that_lies_takes_no_memory_beyond_the_file()
    {
        byte[] lie = [0, 0, 8, 1, 0x7F, 0xFF, 0, 0, 1, 2, 3];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.ThrowsAny<InvalidDataException>(() => Read(lie));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void Damaged_gzip_data_names_the_file()
    {
        var stream = new MemoryStream();
        using (var zip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(s_twoImages);
        }

        var damaged = stream.ToArray();
        damaged[^6] ^= 0xFF; // the checksum
        var e = Assert.ThrowsAny<InvalidDataException>(() => Read(damaged));
        Assert.Contains("digits.idx: the gzip data is damaged", e.Message);
    }

    [Fact]
    public void Wrong_arguments_say_what_was_expected()
    {
        var e = Assert.Throws<ArgumentException>(
            () => new IdxFile(IdxElement.Int16, [2, 2], new byte[7]));
        Assert.Contains("(2, 2) takes 8 bytes but got 7", e.Message);
        Assert.Throws<ArgumentException>(() => new IdxFile(IdxElement.UInt8, [-1], []));
        var wrongType = Assert.Throws<InvalidOperationException>(
            () => Read(s_twoImages).Values<float>().Length);
        Assert.Contains("holds uint8, which is Byte in C#, not Single; ask for its own type",
            wrongType.Message);
        Assert.Contains("digits.idx: IDX needs a stream that can seek; copy this one",
            Assert.Throws<ArgumentException>(() => IdxFile.Read(new GZipStream(
                new MemoryStream(), CompressionMode.Decompress), "digits.idx")).Message);
        Assert.Contains("Not an IDX element type", Assert.Throws<ArgumentOutOfRangeException>(
            () => new IdxFile((IdxElement)1, [1], new byte[1])).Message);
    }

    private static T[] Values<T>(string hex)
        where T : unmanaged =>
        Read(Convert.FromHexString(hex.Replace(" ", ""))).Values<T>().ToArray();

    private static IdxFile Read(byte[] bytes) =>
        IdxFile.Read(new MemoryStream(bytes), "digits.idx");
}
