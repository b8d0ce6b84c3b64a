using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nabla.Tests.Formats;

/// <summary>
/// Writes PNG pictures of every kind, row filters in turn, to test the reader by. Interlacing
/// follows the 8×8 table of passes in the standard (ISO/IEC 15948, section 8.2).
/// </summary>
internal sealed class PngWriter(int width, int height, int colour, int depth, bool interlaced)
{
    private const string Passes =
        "1646264677777777565656567777777736463646777777775656565677777777";

    private readonly int _pixel = Math.Max(1, Samples(colour) * depth / 8);

    public static int Samples(int colour) => colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public byte[] Write(int[] values)
    {
        var rows = new List<byte>();
        for (var pass = interlaced ? '1' : '0'; pass <= (interlaced ? '7' : '0'); pass++)
        {
            byte[] above = [];
            var filter = (byte)0;
            for (var y = 0; y < height; y++)
            {
                var row = Pack(values, y, pass);
                if (row.Length > 0)
                {
                    rows.Add(filter);
                    above = above.Length > 0 ? above : new byte[row.Length];
                    rows.AddRange(Filter(filter, row, above));
                    (above, filter) = (row, (byte)((filter + 1) % 5));
                }
            }
        }

        return Assemble(width, height, colour, depth, interlaced, [.. rows]);
    }

    public static byte[] Assemble(
        int width, int height, int colour, int depth, bool interlaced, byte[] rows)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)depth;
        header[9] = (byte)colour;
        header[12] = (byte)(interlaced ? 1 : 0);
        var data = new MemoryStream();
        using (var zip = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(rows);
        }

        return
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
            .. Chunk("IHDR", header), .. Chunk("tEXt", [65, 0, 66]),
            .. Chunk("IDAT", data.ToArray()[..3]), .. Chunk("IDAT", data.ToArray()[3..]),
            .. Chunk("IEND", []),
        ];
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        Seal(chunk);
        return chunk;
    }

    /// <summary>Writes a chunk's checksum: CRC-32 by long division of the polynomial.</summary>
    public static void Seal(Span<byte> chunk)
    {
        var crc = uint.MaxValue;
        foreach (var value in chunk[4..^4])
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var odd = ((crc ^ (uint)(value >> bit)) & 1) != 0;
                crc = (crc >> 1) ^ (odd ? 0xEDB88320 : 0);
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk[^4..], ~crc);
    }

    private byte[] Pack(int[] values, int y, char pass)
    {
        var bits = new List<int>();
        for (var x = 0; x < width; x++)
        {
            if (pass != '0' && Passes[y % 8 * 8 + x % 8] != pass)
            {
                continue;
            }

            for (var s = 0; s < Samples(colour); s++)
            {
                var value = values[(y * width + x) * Samples(colour) + s];
                bits.AddRange(Enumerable.Range(1, depth).Select(b => value >> (depth - b) & 1));
            }
        }

        return [.. bits.Chunk(8).Select(
            eight => (byte)eight.Select((bit, i) => bit << (7 - i)).Sum())];
    }

    private byte[] Filter(byte filter, byte[] row, byte[] above) => [.. row.Select((value, i) =>
    {
        int a = i >= _pixel ? row[i - _pixel] : 0;
        int b = above[i];
        int c = i >= _pixel ? above[i - _pixel] : 0;
        var estimate = a + b - c;
        var nearest = new[] { a, b, c }.MinBy(v => Math.Abs(estimate - v));
        return (byte)(value - filter switch
        {
            1 => a,
            2 => b,
            3 => (a + b) / 2,
            4 => nearest,
            _ => 0,
        });
    })];
}
