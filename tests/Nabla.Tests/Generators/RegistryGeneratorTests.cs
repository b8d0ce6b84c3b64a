using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nabla.Generators;

namespace Nabla.Tests.Generators;

public class RegistryGeneratorTests
{
    private const string Shapes = """
        using Nabla;
        namespace Demo;
        public abstract class Shape;
        [RegisteredName("square")] public sealed class Square : Shape;
        [RegisteredName("disc")] public sealed class Disc : Shape;
        public sealed class Unnamed : Shape;
        [RegisteredName("other")] public sealed class Other;
        [Registry(typeof(Shape))] public static partial class Shapes;
        """;

    private const string Entries = """
        using Nabla;
        namespace Demo;
        public sealed record Entry(int Sides) { public string Name { get; init; } = ""; }
        public interface IShape { static abstract Entry Entry { get; } }
        [RegisteredName("square")] public sealed class Square : IShape
        {
            public static Entry Entry { get; } = new(4);
        }
        [Registry(typeof(IShape), Member = "Entry", Entry = typeof(Entry))]
        public static partial class Shapes;
        """;

    [Fact]
    public void A_registry_lists_the_named_types_of_its_base_in_the_order_of_names()
    {
        var (text, errors) = Run(Shapes);
        Assert.Empty(errors);
        Assert.Contains("new(\"disc\", static () => new global::Demo.Disc()),", text);
        Assert.True(text.IndexOf("\"disc\"", StringComparison.Ordinal)
            < text.IndexOf("\"square\"", StringComparison.Ordinal));
        Assert.DoesNotContain("Unnamed", text);
        Assert.DoesNotContain("Other", text);
    }

    [Fact]
    public void Entries_of_a_member_get_the_registered_name()
    {
        var (text, errors) = Run(Entries);
        Assert.Empty(errors);
        Assert.Contains("IReadOnlyList<global::Demo.Entry>", text);
        Assert.Contains("global::Demo.Square.Entry with { Name = \"square\" },", text);
    }

    [Fact]
    public void One_name_for_two_types_is_an_error_that_names_both()
    {
        var (_, errors) = Run(Shapes.Replace("\"disc\"", "\"square\"", StringComparison.Ordinal));
        var error = Assert.Single(errors);
        Assert.Equal("NABLA001", error.Id);
        Assert.Equal("global::Demo.Disc and global::Demo.Square are both registered as "
            + "\"square\"; give one of them another name", error.GetMessage());
    }

    private static (string Text, Diagnostic[] Errors) Run(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create("demo", [CSharpSyntaxTree.ParseText(source)],
            references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var driver = CSharpGeneratorDriver.Create(new RegistryGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out var updated, out var found);
        var text = driver.GetRunResult().GeneratedTrees.Single().ToString();
        return (text, [.. found, .. updated.GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error)]);
    }
}
