using System.Text.RegularExpressions;

namespace Nabla.Tests.Architecture;

/// <summary>Every public layer, loss and optimizer says what it computes, on which shapes, what it
/// throws, and where it comes from.</summary>
public class DocumentationTests
{
    [Theory]
    [InlineData("src/Nabla/Nn/Layers", true)]
    [InlineData("src/Nabla/Nn/Losses", true)]
    [InlineData("src/Nabla/Optim", false)]
    public void Public_classes_say_what_readers_need(string folder, bool hasShapes) =>
        Repository.AssertNone(
            Repository.Files(folder, ".cs").SelectMany(path => Missing(path, hasShapes)));

    [Fact]
    public void The_check_names_what_is_missing()
    {
        const string full = """
            /// <summary><c>y = max(x, 0)</c>; shapes <c>(N, C)</c>. Source: Nair (2010).</summary>
            /// <exception cref="ArgumentException">Never.</exception>
            [Name("relu")]
            public sealed class ReLU { }
            """;
        Assert.Empty(Missing("ReLU.cs", full, hasShapes: true));
        Assert.Equal(
            ["ReLU.cs: ReLU lacks its formula (=), shapes (N, …), source (author, year)"],
            Missing("ReLU.cs", Regex.Replace(full, "<summary>.*</summary>", ""), hasShapes: true));
        Assert.Equal(
            ["ReLU.cs: ReLU lacks errors (<exception)"],
            Missing("ReLU.cs", full.Replace("exception", "remarks"), hasShapes: false));
    }

    private static IEnumerable<string> Missing(string path, bool hasShapes) =>
        Missing(path, Repository.Read(path), hasShapes);

    private static IEnumerable<string> Missing(string path, string text, bool hasShapes)
    {
        var classes = Regex.Matches(
            text,
            @"(?m)(?<doc>(?:^[ ]*///.*\n)*)(?:^[ ]*\[.*\]\n)*" +
            @"^public (?:sealed |partial |readonly )*class (?<name>\w+)");
        foreach (Match match in classes)
        {
            var doc = match.Groups["doc"].Value;
            var lacks = new List<string>();
            Need(Regex.IsMatch(doc, @"[=←∝]|:=") && doc.Contains("<c"), "its formula (=)");
            Need(!hasShapes || Regex.IsMatch(doc, @"\([N…*BLT]|[Ss]hape"), "shapes (N, …)");
            Need(Regex.IsMatch(text, "<exception|[Tt]hrows"), "errors (<exception)");
            Need(Regex.IsMatch(doc, @"\b(18|19|20)\d\d\b|arXiv"), "source (author, year)");
            if (lacks.Count > 0)
            {
                yield return $"{path}: {match.Groups["name"].Value} lacks " +
                    string.Join(", ", lacks);
            }

            void Need(bool there, string what)
            {
                if (!there)
                {
                    lacks.Add(what);
                }
            }
        }
    }
}
