namespace Nabla.Data.Sources;

/// <summary>A file that is published at one or more addresses, and how to know it is whole.
/// </summary>
public sealed class RemoteFile
{
    /// <summary>Describes a file by name, length in bytes, checksum and the folders (URLs) that
    /// hold it, the best first.</summary>
    /// <exception cref="FormatException">A folder is no web address.</exception>
    public RemoteFile(string name, long length, string checksum, params string[] folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        Name = name;
        Length = length;
        Checksum = new Checksum(checksum);
        Addresses = [.. folders.Select(folder => Join(folder, name))];
    }

    /// <summary>The file's name, without a folder.</summary>
    public string Name { get; }

    /// <summary>Its length in bytes.</summary>
    public long Length { get; }

    /// <summary>The checksum of its bytes.</summary>
    public Checksum Checksum { get; }

    /// <summary>Where to fetch it, the best address first.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>The same file, fetched only from <c>mirror/name</c>.</summary>
    public RemoteFile On(string mirror) => new(Name, Length, Checksum.ToString(), mirror);

    private static Uri Join(string folder, string name) =>
        Uri.TryCreate($"{folder.TrimEnd('/')}/{name}", UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            ? address
            : throw new FormatException(
                $"A mirror is an http:// or https:// address, but got '{folder}'.");
}
