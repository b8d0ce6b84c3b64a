namespace Nabla.Formats;

/// <summary>
/// A picture of bytes, read from PNG (ISO/IEC 15948: all colour types, depths and interlacing) or
/// from PGM and PPM (Netpbm: P2, P3, P5, P6). Deeper values are scaled to 0 to 255.
/// </summary>
public sealed class ImageFile
{
    /// <summary>What a decoded picture may take, in bytes: 256 MiB.</summary>
    internal const long Limit = 1L << 28;

    /// <summary>A picture from values of shape <c>(H, W, C)</c>.</summary>
    /// <exception cref="ArgumentException">Their number does not fit.</exception>
    public ImageFile(int width, int height, int channels, byte[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (width < 1 || height < 1 || channels is < 1 or > 4 ||
            (Int128)width * height * channels != values.Length)
        {
            throw new ArgumentException($"A picture of {width}×{height} and {channels} channels " +
                $"(1 to 4) does not take {values.Length} values.", nameof(values));
        }

        (Width, Height, Channels, Values) = (width, height, channels, values);
    }

    /// <summary>W, in pixels.</summary>
    public int Width { get; }

    /// <summary>H, in pixels.</summary>
    public int Height { get; }

    /// <summary>C: 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha.</summary>
    public int Channels { get; }

    /// <summary>The values, 0 to 255, shape <c>(H, W, C)</c>.</summary>
    public byte[] Values { get; }

    /// <summary>Reads a PNG, PGM or PPM file.</summary>
    /// <exception cref="InvalidDataException">It is another format, damaged, cut off or too big.
    /// </exception>
    public static ImageFile Read(string path) => Read(File.ReadAllBytes(path), path);

    /// <summary>Reads a PNG, PGM or PPM file's bytes; <paramref name="name"/> is what errors call
    /// it.</summary>
    /// <exception cref="InvalidDataException">It is another format, damaged, cut off or too big.
    /// </exception>
    public static ImageFile Read(ReadOnlySpan<byte> file, string name)
    {
        if (PngReader.Knows(file))
        {
            return PngReader.Read(file, name);
        }

        if (PnmReader.Knows(file))
        {
            return PnmReader.Read(file, name);
        }

        var kind = file switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "a JPEG picture",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a GIF picture",
            [(byte)'B', (byte)'M', ..] => "a BMP picture",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => "a WebP picture or another RIFF",
            [] => "an empty file",
            _ => "none of them, starting with " +
                Convert.ToHexString(file[..Math.Min(4, file.Length)]),
        };
        throw new InvalidDataException($"{name}: expected PNG, PGM or PPM (P2, P3, P5, P6), but " +
            $"it is {kind}; convert it to PNG.");
    }

    /// <summary>
    /// The same picture in 1 (gray) or 3 (RGB) channels. Alpha is laid over white; gray is the luma
    /// 0.299 R + 0.587 G + 0.114 B. Source: ITU-R BT.601.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Another number of channels.</exception>
    public ImageFile ToChannels(int channels)
    {
        if (channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(
                nameof(channels), channels, "A picture is wanted in 1 or 3 channels.");
        }

        if (channels == Channels)
        {
            return this;
        }

        var values = new byte[Width * Height * channels];
        for (var pixel = 0; pixel < Width * Height; pixel++)
        {
            var from = Values.AsSpan(pixel * Channels, Channels);
            var alpha = Channels is 2 or 4 ? from[^1] : 255;
            var red = Over(from[0], alpha);
            var green = Channels > 2 ? Over(from[1], alpha) : red;
            var blue = Channels > 2 ? Over(from[2], alpha) : red;
            if (channels == 1)
            {
                values[pixel] = (byte)((299 * red + 587 * green + 114 * blue + 500) / 1000);
            }
            else
            {
                (values[3 * pixel], values[3 * pixel + 1], values[3 * pixel + 2]) =
                    ((byte)red, (byte)green, (byte)blue);
            }
        }

        return new ImageFile(Width, Height, channels, values);
    }

    /// <summary>The values in the order of tensors: shape <c>(C, H, W)</c>.</summary>
    public byte[] ToPlanes()
    {
        var planes = new byte[Values.Length];
        var size = Width * Height;
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var pixel = 0; pixel < size; pixel++)
            {
                planes[channel * size + pixel] = Values[pixel * Channels + channel];
            }
        }

        return planes;
    }

    /// <summary>A value of 0 to <paramref name="maximum"/> as 0 to 255, rounded.</summary>
    internal static byte Scale(int value, int maximum) =>
        (byte)((value * 255L + maximum / 2) / maximum);

    private static int Over(byte value, int alpha) =>
        (value * alpha + 255 * (255 - alpha) + 127) / 255;
}
