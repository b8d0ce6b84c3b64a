namespace Nabla.Tests.Infrastructure;

/// <summary>A new folder that is gone, with what is in it, when the test ends.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>The folder's path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("nabla-test-").FullName;

    /// <summary>The path of a file or folder inside.</summary>
    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
