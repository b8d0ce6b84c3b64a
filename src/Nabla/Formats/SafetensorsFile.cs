using System.Buffers.Binary;
using Nabla.Tensors;

namespace Nabla.Formats;

/// <summary>
/// Named tensors in the safetensors format: the header's length as a little-endian 64-bit integer,
/// the header as JSON, then all tensors' bytes, row-major and little-endian. Source:
/// https://github.com/huggingface/safetensors.
/// </summary>
/// <remarks>Nothing in a file can run code or take more memory than the file is long; whatever
/// breaks a rule of the format is refused.</remarks>
public sealed class SafetensorsFile
{
    /// <summary>The longest header that is read: 100 MB, as in the format's own library.</summary>
    public const long MaxHeaderBytes = 100_000_000;

    private const int Chunk = 1 << 20;

    private readonly SafetensorsHeader _header;
    private readonly string _path;
    private readonly long _dataStart;

    private SafetensorsFile(string path, SafetensorsHeader header, long dataStart) =>
        (_path, _header, _dataStart) = (path, header, dataStart);

    /// <summary>What the file holds, by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _header.Entries;

    /// <summary>The strings that its writer added.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Reads and checks the header; the tensors stay on the disk.</summary>
    /// <exception cref="InvalidDataException">It is no whole safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            var json = ReadHeader(stream);
            var start = stream.Position;
            return new SafetensorsFile(
                path, SafetensorsHeader.Parse(json, stream.Length - start), start);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path} is no usable safetensors file: {e.Message}", e);
        }
    }

    /// <summary>Reads all tensors of a file.</summary>
    /// <exception cref="InvalidDataException">It is no whole safetensors file.</exception>
    public static Dictionary<string, Tensor> Load(string path)
    {
        var file = Open(path);
        return file.Entries.Keys.ToDictionary(name => name, file.Read);
    }

    /// <summary>Reads one tensor.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public unsafe Tensor Read(string name)
    {
        if (!Entries.TryGetValue(name, out var entry))
        {
            throw new KeyNotFoundException($"{_path} holds no tensor '{name}'");
        }
        using var stream = File.OpenRead(_path);
        stream.Position = _dataStart + entry.Start;
        var tensor = Tensor.Empty(entry.Shape, entry.DType);
        for (var done = 0L; done < entry.End - entry.Start;)
        {
            var count = (int)Math.Min(Chunk, entry.End - entry.Start - done);
            stream.ReadExactly(new Span<byte>((byte*)tensor.Pointer + done, count));
            done += count;
        }
        GC.KeepAlive(tensor);
        return tensor;
    }

    /// <summary>Writes or replaces a file; it is whole or not there.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="tensors">The tensors by name, in the order of the file.</param>
    /// <param name="metadata">Strings to keep with them.</param>
    /// <exception cref="IOException">The disk refused; the former file is still there.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors,
        IReadOnlyDictionary<string, string>? metadata = null) =>
        DurableFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Writes the format to a stream.</summary>
    /// <exception cref="ArgumentException">A name occurs twice or is reserved.</exception>
    internal static unsafe void Write(Stream stream,
        IEnumerable<KeyValuePair<string, Tensor>> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        var entries = new List<SafetensorsEntry>();
        var dense = new List<Tensor>();
        var names = new HashSet<string>();
        var end = 0L;
        // Wider elements first, so that every tensor starts at a multiple of its element's size.
        foreach (var (name, tensor) in tensors.OrderByDescending(t => t.Value.DType.Size))
        {
            if (!names.Add(name) || name == "__metadata__")
            {
                throw new ArgumentException(
                    $"safetensors: the name '{name}' occurs twice or is reserved");
            }
            var bytes = tensor.Count * tensor.DType.Size;
            entries.Add(new SafetensorsEntry(name, tensor.DType, tensor.Shape, end, end + bytes));
            dense.Add(tensor.Dense());
            end += bytes;
        }
        var header = SafetensorsHeader.Format(entries, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in dense)
        {
            var total = tensor.Count * tensor.DType.Size;
            for (var done = 0L; done < total; done += Chunk)
            {
                var count = (int)Math.Min(Chunk, total - done);
                stream.Write(new ReadOnlySpan<byte>((byte*)tensor.Pointer + done, count));
            }
            GC.KeepAlive(tensor);
        }
    }

    private static byte[] ReadHeader(FileStream stream)
    {
        Span<byte> length = stackalloc byte[8];
        stream.ReadExactly(length);
        var bytes = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (bytes > MaxHeaderBytes)
        {
            throw new InvalidDataException(
                $"its header would have {bytes} bytes, at most {MaxHeaderBytes} are read");
        }
        if ((long)bytes > stream.Length - 8)
        {
            throw new InvalidDataException(
                $"its header would have {bytes} bytes, but the file ends before (is it cut off?)");
        }
        var json = new byte[bytes];
        stream.ReadExactly(json);
        return json;
    }
}
