using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Nabla.Formats;

/// <summary>
/// An array in the IDX format of MNIST: two zero bytes, the element type, the number of
/// dimensions, each size as a big-endian 32-bit integer, then the values in row-major order,
/// big-endian. Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
/// </summary>
/// <remarks>Throws <see cref="InvalidDataException"/> for whatever is not a whole IDX array.
/// Memory is taken as bytes arrive, so a header that lies about the size costs nothing.</remarks>
public sealed class IdxFile
{
    private const int ReadStep = 1 << 20;

    /// <summary>An array from its values, in this machine's byte order.</summary>
    /// <exception cref="ArgumentException">The number of bytes does not fit the shape.</exception>
    public IdxFile(IdxElement element, ReadOnlySpan<int> shape, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (shape.Length > byte.MaxValue || shape.ContainsAnyExceptInRange(0, int.MaxValue))
        {
            throw new ArgumentException(
                $"IDX sizes are 0 or more, in at most 255 dimensions, but got {Describe(shape)}.",
                nameof(shape));
        }

        var expected = ByteCount(element, shape);
        if (bytes.Length != expected)
        {
            throw new ArgumentException(
                $"IDX {NameOf(element)} {Describe(shape)} takes {expected} bytes but got " +
                $"{bytes.Length}.",
                nameof(bytes));
        }

        Element = element;
        Shape = shape.ToArray();
        Bytes = bytes;
    }

    /// <summary>The type of the values.</summary>
    public IdxElement Element { get; }

    /// <summary>The size of each dimension, for images <c>(N, H, W)</c>.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The values in row-major order and this machine's byte order.</summary>
    public byte[] Bytes { get; }

    /// <summary>The values as <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">The file holds another type.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        if (typeof(T) != TypeOf(Element))
        {
            throw new InvalidOperationException(
                $"The IDX array holds {NameOf(Element)}, which is {TypeOf(Element).Name} in " +
                $"C#, not {typeof(T).Name}; ask for its own type.");
        }

        return MemoryMarshal.Cast<byte, T>(Bytes);
    }

    /// <summary>Reads a file, plain or compressed with gzip.</summary>
    /// <exception cref="InvalidDataException">It is no IDX file, cut off, or too long.</exception>
    public static IdxFile Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a seekable stream, plain or compressed with gzip; <paramref name="name"/> is
    /// what errors call it.</summary>
    /// <exception cref="InvalidDataException">It is no IDX array, cut off, or too long.</exception>
    public static IdxFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException(
                $"{name}: IDX needs a stream that can seek; copy this one into a MemoryStream.",
                nameof(stream));
        }

        var start = stream.Position;
        var zipped = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = start;
        if (!zipped)
        {
            return ReadPlain(stream, name);
        }

        using var unzipped = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        return ReadPlain(unzipped, name);
    }

    /// <summary>Writes the array; with <paramref name="compress"/> through gzip.</summary>
    public void Write(Stream stream, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (compress)
        {
            using var zipped = new GZipStream(stream, CompressionLevel.SmallestSize, true);
            Write(zipped);
            return;
        }

        Span<byte> header = stackalloc byte[4 + 4 * Shape.Count];
        header.Clear();
        header[2] = (byte)Element;
        header[3] = (byte)Shape.Count;
        for (var i = 0; i < Shape.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header[(4 + 4 * i)..], Shape[i]);
        }

        stream.Write(header);
        var values = Bytes;
        if (SizeOf(Element) > 1)
        {
            values = [.. Bytes];
            SwapToOrFromBigEndian(values, SizeOf(Element));
        }

        stream.Write(values);
    }

    private static IdxFile ReadPlain(Stream stream, string name)
    {
        Span<byte> magic = stackalloc byte[4];
        var got = Fill(stream, magic, name);
        if (got < 4 || magic[0] != 0 || magic[1] != 0 || !Enum.IsDefined((IdxElement)magic[2]))
        {
            throw new InvalidDataException(
                $"{name}: not an IDX file: it starts with {Convert.ToHexString(magic[..got])}, " +
                "where 0000, a type (08, 09, 0B to 0E) and the number of dimensions should be.");
        }

        var element = (IdxElement)magic[2];
        Span<byte> sizes = stackalloc byte[4 * magic[3]];
        got = Fill(stream, sizes, name);
        if (got < sizes.Length)
        {
            throw new InvalidDataException($"{name}: cut off in the header: {magic[3]} " +
                $"dimensions take {4 + sizes.Length} bytes but there are {4 + got}.");
        }

        var shape = new int[magic[3]];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(sizes[(4 * i)..]);
        }

        var expected = shape.Any(size => size < 0) ? long.MaxValue : ByteCount(element, shape);
        if (expected > Array.MaxLength)
        {
            throw new InvalidDataException($"{name}: the header asks for {Describe(shape)} " +
                $"values of {NameOf(element)}, more than one array can hold; the file is damaged " +
                "or foreign.");
        }

        var bytes = ReadValues(stream, (int)expected, name, element, shape);
        SwapToOrFromBigEndian(bytes, SizeOf(element));
        return new IdxFile(element, shape, bytes);
    }

    private static byte[] ReadValues(
        Stream stream, int expected, string name, IdxElement element, int[] shape)
    {
        var bytes = new byte[Math.Min(expected, ReadStep)];
        var filled = 0;
        while (true)
        {
            filled += Fill(stream, bytes.AsSpan(filled), name);
            if (filled < bytes.Length)
            {
                throw new InvalidDataException($"{name}: cut off: {NameOf(element)} " +
                    $"{Describe(shape)} takes {expected} bytes but there are " +
                    $"{filled}. Fetch the file again.");
            }

            if (filled == expected)
            {
                break;
            }

            Array.Resize(ref bytes, (int)Math.Min(expected, 2L * bytes.Length));
        }

        return Fill(stream, stackalloc byte[1], name) == 0
            ? bytes
            : throw new InvalidDataException($"{name}: {NameOf(element)} {Describe(shape)} " +
                $"takes {expected} bytes but more follow; the file is damaged or foreign.");
    }

    private static int Fill(Stream stream, Span<byte> bytes, string name)
    {
        try
        {
            return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(
                $"{name}: the gzip data is damaged or cut off; fetch the file again.", e);
        }
    }

    private static long ByteCount(IdxElement element, ReadOnlySpan<int> shape)
    {
        var count = (Int128)SizeOf(element);
        foreach (var size in shape)
        {
            // A later 0 makes the product 0; capped, it cannot overflow before that.
            count = Int128.Min(count * size, long.MaxValue);
        }

        return (long)count;
    }

    private static void SwapToOrFromBigEndian(byte[] bytes, int size)
    {
        if (!BitConverter.IsLittleEndian || size == 1)
        {
            return;
        }

        for (var i = 0; i < bytes.Length; i += size)
        {
            bytes.AsSpan(i, size).Reverse();
        }
    }

    private static int SizeOf(IdxElement element) => element switch
    {
        IdxElement.UInt8 or IdxElement.Int8 => 1,
        IdxElement.Int16 => 2,
        IdxElement.Int32 or IdxElement.Float32 => 4,
        IdxElement.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(
            nameof(element), element, "Not an IDX element type."),
    };

    private static Type TypeOf(IdxElement element) => element switch
    {
        IdxElement.UInt8 => typeof(byte),
        IdxElement.Int8 => typeof(sbyte),
        IdxElement.Int16 => typeof(short),
        IdxElement.Int32 => typeof(int),
        IdxElement.Float32 => typeof(float),
        _ => typeof(double),
    };

    /// <summary>An element type as messages call it, as NumPy does: <c>uint8</c>.</summary>
    public static string NameOf(IdxElement element) => element.ToString().ToLowerInvariant();

    private static string Describe(ReadOnlySpan<int> shape) =>
        $"({string.Join(", ", shape.ToArray())})";
}
