using System.Text.RegularExpressions;

namespace Nabla.Tests.Architecture;

/// <summary>The sources as they lie on the disk, for the tests of the house rules.</summary>
internal static partial class Repository
{
    /// <summary>The folder that holds Nabla.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files of a folder with these endings, as paths from the root with slashes; what was
    /// built, fetched or hidden is left out (but not .ci).</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings)
    {
        var start = new DirectoryInfo(Path.Combine(Root, folder));
        return !start.Exists ? [] : Walk(start)
            .Where(file => endings.Length == 0 || endings.Any(file.Name.EndsWith))
            .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>A file's text.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>C# without comments, and with empty strings and characters.</summary>
    public static string Code(string text) => CommentOrLiteral().Replace(
        text, match => match.Value[0] == '/' ? " " : "\"\"");

    /// <summary>The names of the types that the code declares, with their keyword.</summary>
    public static IEnumerable<(string Keyword, string Name, string Tail)> Types(string code) =>
        TypeDeclaration().Matches(code).Select(match => (
            match.Groups["keyword"].Value,
            match.Groups["name"].Value,
            match.Groups["rest"].Value));

    /// <summary>Fails with the whole list if there is one.</summary>
    public static void AssertNone(IEnumerable<string> wrong)
    {
        var lines = wrong.ToArray();
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            yield return file;
        }

        foreach (var inner in folder.EnumerateDirectories())
        {
            var hidden = inner.Name[0] == '.' && inner.Name != ".ci";
            if (!hidden && inner.Name is not ("bin" or "obj" or "node_modules" or "TestResults"
                or "runs" or "artifacts" or "shared" or "BenchmarkDotNet.Artifacts"
                or "__pycache__"))
            {
                foreach (var file in Walk(inner))
                {
                    yield return file;
                }
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nabla.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException(
            "The tests of the house rules read the sources: run them inside the repository.");
    }

    [GeneratedRegex(
        """"(?s)\$*"""+.*?"""+|\$?@\$?"(?:""|[^"])*"|\$?"(?:\\.|[^"\\\n])*"|"""" +
        @"'(?:\\.[^']*|[^'\\])'|//[^\n]*|/\*.*?\*/")]
    private static partial Regex CommentOrLiteral();

    [GeneratedRegex(
        @"\b(?<keyword>record struct|record class|class|struct|record|interface|enum|delegate)" +
        @"\s+(?:[\w.<>\[\],?]+\s+(?=\w+\s*[<(]))?(?<name>[A-Z]\w*)(?<rest>[^{;]*[{;])")]
    private static partial Regex TypeDeclaration();
}
