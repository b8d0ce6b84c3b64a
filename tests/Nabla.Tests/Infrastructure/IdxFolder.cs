using Nabla.Data.Sources;
using Nabla.Formats;

namespace Nabla.Tests.Infrastructure;

/// <summary>Writes tiny data sets in the four files of MNIST.</summary>
public static class IdxFolder
{
    /// <summary>Three images of 2×2 with labels 0, 1, 2 to train, two with 1, 0 to test.</summary>
    public static void Write(string folder, bool compress = true)
    {
        Write(folder, 0, [3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], compress);
        Write(folder, 1, [3], [0, 1, 2], compress);
        Write(folder, 2, [2, 2, 2], [255, 0, 0, 0, 0, 255, 0, 0], compress);
        Write(folder, 3, [2], [1, 0], compress);
    }

    /// <summary>Writes one of the four files.</summary>
    public static string Write(
        string folder,
        int file,
        int[] shape,
        byte[] bytes,
        bool compress = true,
        IdxElement element = IdxElement.UInt8)
    {
        Directory.CreateDirectory(folder);
        var name = IdxImageSource.FileNames[file];
        var path = Path.Combine(folder, compress ? name : name[..^3]);
        using var stream = File.Create(path);
        new IdxFile(element, shape, bytes).Write(stream, compress);
        return path;
    }
}
