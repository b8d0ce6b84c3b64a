using System.Text.RegularExpressions;

namespace Nabla.Tests.Architecture;

/// <summary>
/// Every source file of the framework has its test file at the same place under tests: for
/// <c>X.cs</c> and <c>X.Y.cs</c> it is <c>XTests.cs</c> or <c>X.YTests.cs</c>. A file that declares
/// no behaviour (interfaces, enums, attributes, delegates, records without a body) needs none, and
/// a helper whose name extends another's (<c>SortKey</c>: <c>Sort</c>) is tested there, by name if
/// it is public.
/// </summary>
public class MirrorTests
{
    private const string Sources = "src/Nabla/";
    private const string Tests = "tests/Nabla.Tests/";

    [Fact]
    public void Every_source_file_has_its_test_file()
    {
        var tests = Repository.Files("tests/Nabla.Tests", "Tests.cs").ToHashSet();
        Repository.AssertNone(
            Repository.Files("src/Nabla", ".cs").Where(path => !HasMirror(path, tests)));
    }

    [Fact]
    public void Every_test_file_holds_a_test() => Repository.AssertNone(
        Repository.Files("tests/Nabla.Tests", "Tests.cs")
            .Where(path => !path.EndsWith("/SlowTests.cs"))
            .Where(path => !Regex.IsMatch(
                Repository.Read(path), @"\[\w*(Fact|Theory)|: (Infrastructure\.)?OpTests\b")));

    [Theory]
    [InlineData("interface IA { } enum B { C } delegate void D();", false)]
    [InlineData("class ZAttribute : Attribute { } record E(int F);", false)]
    [InlineData("enum B { C } static class F { }", true)]
    [InlineData("record E(int F) { int G => F; }", true)]
    [InlineData("struct H { }", true)]
    public void Only_a_file_with_behaviour_needs_tests(string code, bool expected) =>
        Assert.Equal(expected, HasBehaviour(code));

    [Theory]
    [InlineData("Sort", "Sort")]
    [InlineData("SortKeyWide", "SortKeyWide SortKey Sort")]
    [InlineData("Conv2d.Backward", "Conv2d.Backward Conv2d")]
    public void A_name_extends_those_it_starts_with(string name, string expected) =>
        Assert.Equal(expected.Split(' '), Names(name));

    private static bool HasMirror(string path, HashSet<string> tests)
    {
        var code = Repository.Code(Repository.Read(path));
        if (!HasBehaviour(code))
        {
            return true;
        }

        var folder = Tests + path[Sources.Length..(path.LastIndexOf('/') + 1)];
        var names = Names(Path.GetFileNameWithoutExtension(path)).ToArray();
        var isPublic = Regex.IsMatch(code, @"(?m)^public\b");
        return names
            .Select(name => (Test: $"{folder}{name}Tests.cs",
                Own: name == names[0] || names[0].StartsWith(name + ".")))
            .Any(mirror => tests.Contains(mirror.Test) &&
                (mirror.Own || !isPublic || Repository.Read(mirror.Test).Contains(names[0])));
    }

    private static bool HasBehaviour(string code) => Repository.Types(code).Any(type =>
        type.Keyword is not ("interface" or "enum" or "delegate") &&
        !type.Name.EndsWith("Attribute") &&
        !(type.Keyword.StartsWith("record") && type.Tail.EndsWith(';')));

    /// <summary>The name and what it extends, the longest first.</summary>
    private static IEnumerable<string> Names(string name)
    {
        yield return name;
        while (Regex.Match(name, @"^(.+)(\.\w+|(?<=[a-z0-9])[A-Z][A-Za-z0-9]*?)$") is
            { Success: true } shorter)
        {
            name = shorter.Groups[1].Value;
            yield return name;
        }
    }
}
