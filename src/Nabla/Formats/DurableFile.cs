using System.Runtime.InteropServices;

namespace Nabla.Formats;

/// <summary>Files that are whole or not there: written beside their place, flushed to the disk,
/// then renamed.</summary>
public static partial class DurableFile
{
    private const int ReadOnly = 0;

    /// <summary>Stands in for the file system in tests of a failing disk.</summary>
    internal static readonly AsyncLocal<Func<string, Stream>?> Opener = new();

    /// <summary>Writes or replaces a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="IOException">The disk refused; the former file is still there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var temporary = TemporaryName.For(path);
        try
        {
            WriteInPlace(temporary, write, path);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Writes a new file and flushes it to the disk, in a folder that is itself
    /// temporary.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="write">Writes the contents.</param>
    /// <param name="name">What an error calls it, if not by its path.</param>
    internal static void WriteInPlace(string path, Action<Stream> write, string? name = null)
    {
        try
        {
            using var stream = Opener.Value?.Invoke(path)
                ?? new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
            write(stream);
            stream.Flush();
            (stream as FileStream)?.Flush(flushToDisk: true);
        }
        // The second: what .NET makes of a file that is larger than the system allows (EFBIG).
        catch (Exception e) when ((e is IOException or ArgumentOutOfRangeException)
            && !e.Message.Contains(path, StringComparison.Ordinal))
        {
            throw new IOException($"{name ?? path} could not be written: {e.Message}", e);
        }
    }

    /// <summary>Flushes a folder's entries to the disk: names that were added or moved.</summary>
    internal static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var handle = Open(path, ReadOnly);
        if (handle >= 0)
        {
            _ = Sync(handle);
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
