using System.Runtime.InteropServices;

namespace Nabla.Cli.Runs;

/// <summary>What a run was computed with.</summary>
internal static class Versions
{
    /// <summary>Nabla's own version.</summary>
    public static string Nabla { get; } =
        typeof(Versions).Assembly.GetName().Version!.ToString(3);

    /// <summary>Operating system and processor.</summary>
    public static string System { get; } =
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}";
}
