using System.Buffers.Binary;
using System.IO.Compression;

namespace Nabla.Formats;

/// <summary>
/// PNG of every colour type, bit depth and interlacing. Source: ISO/IEC 15948:2004, sections 5
/// (chunks), 7 and 8 (pixels and passes), 9 (filters), 11 (the chunks IHDR, PLTE, tRNS, IDAT).
/// </summary>
internal sealed class PngReader
{
    /// <summary>Deflate never expands more than this, so a header that asks for more
    /// lies.</summary>
    private const int LargestRatio = 1032;

    private readonly string _name;
    private readonly MemoryStream _compressed = new();
    private int _width, _height, _depth, _colour;
    private bool _interlaced;
    private byte[] _palette = [], _transparency = [];

    private PngReader(string name) => _name = name;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether the file starts as a PNG does.</summary>
    public static bool Knows(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Decodes a file for which <see cref="Knows"/> holds.</summary>
    public static ImageFile Read(ReadOnlySpan<byte> file, string name)
    {
        var reader = new PngReader(name);
        reader.ReadChunks(file[Signature.Length..]);
        return reader.Decode();
    }

    private void ReadChunks(ReadOnlySpan<byte> file)
    {
        for (var first = true; ; first = false)
        {
            var length = file.Length < 12 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(file);
            if (length > file.Length - 12)
            {
                throw Bad("cut off before its end");
            }

            var type = file[4..8];
            var data = file.Slice(8, (int)length);
            if (Crc(file[4..(8 + data.Length)]) !=
                BinaryPrimitives.ReadUInt32BigEndian(file[(8 + data.Length)..]))
            {
                throw Bad("damaged: a checksum does not fit");
            }

            if (first != type.SequenceEqual("IHDR"u8))
            {
                throw Bad("damaged: the header is not where it should be");
            }

            if (type.SequenceEqual("IEND"u8))
            {
                return;
            }

            ReadChunk(type, data);
            file = file[(12 + data.Length)..];
        }
    }

    private void ReadChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (type.SequenceEqual("IHDR"u8))
        {
            ReadHeader(data);
        }
        else if (type.SequenceEqual("PLTE"u8))
        {
            _palette = data.ToArray();
        }
        else if (type.SequenceEqual("tRNS"u8) && _colour == 3)
        {
            _transparency = data.ToArray();
        }
        else if (type.SequenceEqual("IDAT"u8))
        {
            _compressed.Write(data);
        }
        else if (char.IsAsciiLetterUpper((char)type[0]))
        {
            throw Bad("made with a newer PNG than this reader knows");
        }
    }

    private void ReadHeader(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13)
        {
            throw Bad("damaged: the header has another length than 13");
        }

        _width = BinaryPrimitives.ReadInt32BigEndian(data);
        _height = BinaryPrimitives.ReadInt32BigEndian(data[4..]);
        (_depth, _colour, _interlaced) = (data[8], data[9], data[12] == 1);
        var known = (_colour, _depth) is
            (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16);
        if (_width < 1 || _height < 1 || !known || data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw Bad($"damaged: the header asks for {_width}×{_height} pixels of colour type " +
                $"{_colour} and {_depth} bits");
        }
    }

    private ImageFile Decode()
    {
        var samples = _colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var channels = _colour != 3 ? samples : _transparency.Length > 0 ? 4 : 3;
        var packed = ((Int128)_width * samples * _depth + 7) / 8 * _height;
        if (packed > (Int128)_compressed.Length * LargestRatio)
        {
            throw Bad($"cut off: {_width}×{_height} pixels cannot be in {_compressed.Length} " +
                "compressed bytes");
        }

        if ((Int128)_width * _height * channels > ImageFile.Limit)
        {
            throw Bad($"too big: {_width}×{_height} pixels take more than {ImageFile.Limit} bytes");
        }

        var values = new byte[_width * _height * channels];
        _compressed.Position = 0;
        using var data = new ZLibStream(_compressed, CompressionMode.Decompress);
        if (!_interlaced)
        {
            ReadPass(data, values, samples, channels, (0, 0, 1, 1));
        }
        else
        {
            // Adam7: each pass fills in what the ones before it left out (section 8.2).
            ReadPass(data, values, samples, channels, (0, 0, 8, 8));
            ReadPass(data, values, samples, channels, (4, 0, 8, 8));
            ReadPass(data, values, samples, channels, (0, 4, 4, 8));
            ReadPass(data, values, samples, channels, (2, 0, 4, 4));
            ReadPass(data, values, samples, channels, (0, 2, 2, 4));
            ReadPass(data, values, samples, channels, (1, 0, 2, 2));
            ReadPass(data, values, samples, channels, (0, 1, 1, 2));
        }

        return new ImageFile(_width, _height, channels, values);
    }

    /// <summary>Reads the pixels at (X + i·DX, Y + j·DY).</summary>
    private void ReadPass(
        Stream data, byte[] values, int samples, int channels, (int X, int Y, int DX, int DY) pass)
    {
        if (pass.X >= _width || pass.Y >= _height)
        {
            return;
        }

        var columns = (_width - pass.X + pass.DX - 1) / pass.DX;
        var stride = (int)(((long)columns * samples * _depth + 7) / 8);
        Span<byte> filter = stackalloc byte[1];
        var row = new byte[stride];
        var above = new byte[stride];
        for (var y = pass.Y; y < _height; y += pass.DY)
        {
            Fill(data, filter);
            Fill(data, row);
            Unfilter(filter[0], row, above, Math.Max(1, samples * _depth / 8));
            for (var i = 0; i < columns; i++)
            {
                var to = (y * _width + pass.X + i * pass.DX) * channels;
                PutPixel(row, i * samples, values.AsSpan(to, channels));
            }

            (row, above) = (above, row);
        }
    }

    private void PutPixel(byte[] row, int sample, Span<byte> pixel)
    {
        if (_colour != 3)
        {
            for (var c = 0; c < pixel.Length; c++)
            {
                pixel[c] = ImageFile.Scale(Sample(row, sample + c), (1 << _depth) - 1);
            }

            return;
        }

        var index = Sample(row, sample);
        if (3 * index + 3 > _palette.Length)
        {
            throw Bad($"damaged: colour {index} is not in its palette of {_palette.Length / 3}");
        }

        _palette.AsSpan(3 * index, 3).CopyTo(pixel);
        if (pixel.Length == 4)
        {
            pixel[3] = index < _transparency.Length ? _transparency[index] : byte.MaxValue;
        }
    }

    private int Sample(byte[] row, int index)
    {
        if (_depth >= 8)
        {
            return _depth == 8 ? row[index] : row[2 * index] << 8 | row[2 * index + 1];
        }

        var bit = index * _depth;
        return row[bit / 8] >> (8 - _depth - bit % 8) & ((1 << _depth) - 1);
    }

    /// <summary>Adds the prediction from the byte to the left (a), above (b) and above left (c).
    /// </summary>
    private void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixel)
    {
        if (filter > 4)
        {
            throw Bad($"damaged: there is no row filter {filter}");
        }

        for (var i = 0; i < row.Length; i++)
        {
            int a = i >= pixel ? row[i - pixel] : 0;
            int b = above[i];
            int c = i >= pixel ? above[i - pixel] : 0;
            row[i] += filter switch
            {
                1 => (byte)a,
                2 => (byte)b,
                3 => (byte)((a + b) / 2),
                4 => (byte)Paeth(a, b, c),
                _ => 0,
            };
        }
    }

    private static int Paeth(int a, int b, int c)
    {
        var (toA, toB, toC) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - 2 * c));
        return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    }

    private void Fill(Stream data, Span<byte> bytes)
    {
        try
        {
            if (data.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length)
            {
                return;
            }
        }
        catch (InvalidDataException)
        {
            throw Bad("damaged: its pixels do not decompress");
        }

        throw Bad("cut off: it has fewer rows than its header says");
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private InvalidDataException Bad(string what) => new($"{_name}: the PNG is {what}.");
}
