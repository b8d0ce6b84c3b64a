using Nabla.Data.Sources;

namespace Nabla.Cli;

/// <summary>The data sets by name, and folders of the user's own.</summary>
internal static class DataSets
{
    /// <summary>All that have a name.</summary>
    public static IReadOnlyList<IImageSource> All { get; } =
        [.. ImageSources.All.Select(source => source.Create())];

    /// <summary>The data set of a name, or the one in a folder.</summary>
    /// <exception cref="UsageException">There is neither.</exception>
    public static IImageSource Find(string name)
    {
        if (All.FirstOrDefault(source => source.Name == name) is { } known)
        {
            return known;
        }
        return Directory.Exists(name) ? new FolderSource(name) : Named(name);
    }

    /// <summary>What names a data set also from another working folder.</summary>
    public static string Lasting(IImageSource source, string? asked) =>
        source is FolderSource ? Path.GetFullPath(asked!) : source.Name;

    /// <summary>The data set of a name.</summary>
    /// <exception cref="UsageException">There is none; near names are listed.</exception>
    public static IImageSource Named(string name) =>
        Choice.Find("data set", name, All, s => s.Name);
}
