using System.Text.RegularExpressions;

namespace Nabla.Tests.Architecture;

/// <summary>The two READMEs tell the same, and links lead somewhere.</summary>
public class GuideTests
{
    [Fact]
    public void The_Chinese_README_has_the_headings_and_the_code_of_the_English_one()
    {
        string[] both = ["README.md", "README.zh-CN.md"];
        var there = both.Where(name => File.Exists(Path.Combine(Repository.Root, name))).ToArray();
        Assert.True(there.Length is 0 or 2, $"only {string.Concat(there)} is there");
        if (there.Length == 2)
        {
            var (english, chinese) = (Repository.Read(both[0]), Repository.Read(both[1]));
            Assert.Equal(Headings(english), Headings(chinese));
            Assert.Equal(CodeBlocks(english), CodeBlocks(chinese));
        }
    }

    [Fact]
    public void Every_link_to_a_file_of_the_repository_leads_to_one()
    {
        var broken = new List<string>();
        foreach (var path in Repository.Files("", ".md"))
        {
            var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, path))!;
            foreach (Match link in Regex.Matches(Prose(Repository.Read(path)), @"\]\(([^)#\s]+)"))
            {
                var target = link.Groups[1].Value;
                if (!target.Contains("://") && !target.StartsWith("mailto:") &&
                    !Path.Exists(Path.Combine(folder, target)))
                {
                    broken.Add($"{path}: {target}");
                }
            }
        }

        Repository.AssertNone(broken);
    }

    [Fact]
    public void Headings_and_code_are_told_apart()
    {
        const string text = "# A\n\n```sh\n# no heading\n./nabla\n```\n\n## B\n";
        Assert.Equal(["#", "##"], Headings(text));
        Assert.Equal(["```sh\n# no heading\n./nabla\n```"], CodeBlocks(text));
    }

    private static IEnumerable<string> Headings(string text) =>
        Regex.Matches(Prose(text), "(?m)^(#+) ").Select(match => match.Groups[1].Value);

    private static IEnumerable<string> CodeBlocks(string text) =>
        Regex.Matches(text, "(?ms)^```.*?^```").Select(match => match.Value);

    private static string Prose(string text) => Regex.Replace(text, "(?ms)^```.*?^```", "");
}
