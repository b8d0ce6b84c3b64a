using System.Globalization;

namespace Nabla.Formats;

/// <summary>
/// PGM and PPM, as text (P2, P3) and as bytes (P5, P6), with one or two bytes a value.
/// Source: the Netpbm format specifications, pgm(5) and ppm(5).
/// </summary>
internal ref struct PnmReader
{
    private readonly ReadOnlySpan<byte> _file;
    private readonly string _name;
    private int _at;

    private PnmReader(ReadOnlySpan<byte> file, string name)
    {
        _file = file;
        _name = name;
        _at = 2;
    }

    /// <summary>Whether the file says that it is one of these formats.</summary>
    public static bool Knows(ReadOnlySpan<byte> file) =>
        file is [(byte)'P', (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6', ..];

    /// <summary>Decodes a file for which <see cref="Knows"/> holds.</summary>
    public static ImageFile Read(ReadOnlySpan<byte> file, string name) =>
        new PnmReader(file, name).Read();

    private ImageFile Read()
    {
        var kind = _file[1] - '0';
        var channels = kind is 3 or 6 ? 3 : 1;
        var width = Number("width", 1, int.MaxValue);
        var height = Number("height", 1, int.MaxValue);
        var maximum = Number("maximal value", 1, 65535);
        var count = (Int128)width * height * channels;
        var needed = kind < 5 ? 2 * count - 1 : count * (maximum > 255 ? 2 : 1) + 1;
        if (needed > _file.Length - _at || count > ImageFile.Limit)
        {
            throw new InvalidDataException($"{_name}: cut off: {width}×{height} pixels of " +
                $"{channels} channels take at least {needed} more bytes, but there are " +
                $"{_file.Length - _at} (and at most {ImageFile.Limit} values are read).");
        }

        var values = new byte[(int)count];
        if (kind < 5)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = ImageFile.Scale(Number("value", 0, maximum), maximum);
            }
        }
        else
        {
            ReadBytes(_file[(_at + 1)..], values, maximum);
        }

        return new ImageFile(width, height, channels, values);
    }

    private readonly void ReadBytes(ReadOnlySpan<byte> from, Span<byte> values, int maximum)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = maximum > 255 ? from[2 * i] << 8 | from[2 * i + 1] : from[i];
            if (value > maximum)
            {
                throw new InvalidDataException(
                    $"{_name}: value {i} is {value}, above the file's own maximum {maximum}.");
            }

            values[i] = ImageFile.Scale(value, maximum);
        }
    }

    /// <summary>The next number; white space and comments before it are skipped.</summary>
    private int Number(string what, int minimum, int maximum)
    {
        while (_at < _file.Length && (_file[_at] == '#' || char.IsWhiteSpace((char)_file[_at])))
        {
            if (_file[_at] == '#')
            {
                var end = _file[_at..].IndexOf((byte)'\n');
                _at = end < 0 ? _file.Length : _at + end;
            }
            else
            {
                _at++;
            }
        }

        var start = _at;
        while (_at < _file.Length && char.IsAsciiDigit((char)_file[_at]))
        {
            _at++;
        }

        if (int.TryParse(
            _file[start.._at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) &&
            number >= minimum && number <= maximum)
        {
            return number;
        }

        throw new InvalidDataException(start == _file.Length
            ? $"{_name}: cut off where a {what} should be."
            : $"{_name}: expected a {what} of {minimum} to {maximum} at byte {start}.");
    }
}
