using System.Text.RegularExpressions;
using Nabla.Tests.Architecture;

namespace Nabla.Tests.Docs;

/// <summary>Every guide's code compiles, runs, and prints what the guide shows.</summary>
public class GuideTests
{
    public static TheoryData<string> Guides => [.. Repository.Files("docs", ".md")
        .Where(path => Repository.Read(path).Contains("```csharp", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Guides))]
    public void The_code_of_a_guide_runs_and_prints_what_the_guide_shows(string path)
    {
        var guide = new Guide(path);
        var printed = guide.Run().Split('\n');
        var missing = guide.Promised.Where(
            line => !printed.Any(p => Pattern(line).IsMatch(p))).ToArray();
        Assert.True(missing.Length == 0, $"{path} shows{Environment.NewLine}"
            + $"{string.Join('\n', missing)}\nbut its code prints\n{string.Join('\n', printed)}");
    }

    private static Regex Pattern(string line) => new(
        "^" + Regex.Escape(line.TrimEnd()).Replace("…", ".*") + @"\s*$");
}
