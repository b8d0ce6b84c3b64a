namespace Nabla.Tests.Architecture;

public class RepositoryTests
{
    [Fact]
    public void Comments_and_literals_are_no_code()
    {
        const string text = """
            using A; // using B;
            /* using C; */ var d = "using \" E;" + $"F" + @"G "" H" + 'I' + '\'';
            /// <see cref="J"/>
            """;
        var code = Repository.Code(text);
        Assert.Contains("using A;", code);
        Assert.Contains("var d", code);
        Assert.DoesNotMatch("[BCE-J]", code);
    }

    [Fact]
    public void Declared_types_are_found_with_their_keyword()
    {
        const string code = """
            public sealed class One<T>(int x) : Two where T : struct { class Three; }
            record struct Four(int A); record Five(int B); delegate int Six(int x);
            delegate Task<Tensor> Seven<T>(); public enum Eight : byte { None }
            interface INine; ref struct Ten { }
            """;
        Assert.Equal(
            [
                "class One", "class Three", "record struct Four", "record Five", "delegate Six",
                "delegate Seven", "enum Eight", "interface INine", "struct Ten",
            ],
            Repository.Types(code).Select(type => $"{type.Keyword} {type.Name}"));
    }

    [Fact]
    public void Files_are_listed_by_folder_and_ending()
    {
        var files = Repository.Files("tests", "Tests.cs").ToArray();
        Assert.Contains("tests/Nabla.Tests/Architecture/RepositoryTests.cs", files);
        Assert.DoesNotContain(files, file => file.Contains("/obj/") || file.Contains("/bin/"));
        Assert.Empty(Repository.Files("no such folder"));
    }
}
