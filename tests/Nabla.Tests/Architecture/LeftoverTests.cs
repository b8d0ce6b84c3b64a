using System.Text.RegularExpressions;

namespace Nabla.Tests.Architecture;

/// <summary>What a workshop leaves behind does not belong into the shop.</summary>
public class LeftoverTests
{
    private const string Self = "tests/Nabla.Tests/Architecture/LeftoverTests.cs";

    private static readonly string[] s_texts =
    [
        ".cs", ".csproj", ".props", ".slnx", ".md", ".json", ".py", ".sh", ".txt", "/nabla",
        "/test", "/run",
    ];

    [Theory]
    [InlineData("a path of one machine", @"/work/|/home/\w+/|/root/|/Users/\w+/|[A-Z]:\\Users\\")]
    [InlineData("a private key", "BEGIN [A-Z ]*PRIVATE KEY")]
    [InlineData("a token", @"\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|xox[abp]-\w+|sk-\w{20,})")]
    [InlineData("a password", @"(?i)\b(password|passwd|api_?key|secret)\s*[:=]\s*[""'][^""']+")]
    [InlineData("a merge conflict", @"(?m)^(<{7}|>{7}) ")]
    public void No_text_holds(string what, string pattern) =>
        Repository.AssertNone(Find(s_texts, what, pattern));

    [Theory]
    [InlineData("an unfinished place", @"\b(TODO|FIXME|XXX|HACK|NotImplementedException)\b")]
    [InlineData("a region", @"(?m)^\s*#region")]
    [InlineData("a skipped test", @"\bSkip\s*=\s*""")]
    [InlineData("the path of its source file", "CallerFilePath")]
    public void No_source_holds(string what, string pattern) =>
        Repository.AssertNone(Find([".cs"], what, pattern));

    [Fact]
    public void No_message_prints_an_element_type_as_csharp_calls_it() => Repository.AssertNone(
        Find([".cs"], "a type to print with .Name", @"\$""[^""\n]*\{[^{}""]*\b(DType|dtype)\}")
            .Where(line => line.StartsWith("src/", StringComparison.Ordinal)));

    private static IEnumerable<string> Find(string[] endings, string what, string pattern) =>
        Repository.Files("")
            .Where(path => path != Self && endings.Any(("/" + path).EndsWith))
            .Where(path => Regex.IsMatch(Repository.Read(path), pattern))
            .Select(path => $"{path} holds {what}");
}
