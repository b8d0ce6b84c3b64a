using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nabla.Tests.Architecture;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Docs;

/// <summary>
/// A guide's C# blocks, read as one program: a block may use what an earlier one declared. A text
/// block after one shows lines that the program prints.
/// </summary>
internal sealed class Guide(string path)
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);

    private readonly string _text = Repository.Read(path);

    /// <summary>Lines that the guide says are printed; <c>…</c> stands for anything.</summary>
    public IEnumerable<string> Promised => Blocks("text").SelectMany(
        block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Compiles the blocks and runs them in a process and a folder of their own.</summary>
    public string Run()
    {
        using var folder = new TempFolder();
        var program = Path.Combine(folder.Path, "guide.dll");
        Compile(program);
        foreach (var name in new[] { "Nabla.dll", "System.Numerics.Tensors.dll" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, name),
                Path.Combine(folder.Path, name));
        }
        File.WriteAllText(Path.ChangeExtension(program, ".runtimeconfig.json"), """
            { "runtimeOptions": {
                "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" },
                "configProperties": { "System.Globalization.Invariant": true } } }
            """);
        var start = new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{path}: {output}{error.Result}");
        return output;
    }

    private void Compile(string program)
    {
        var root = CSharpSyntaxTree.ParseText(
            string.Join('\n', Blocks("csharp")), Language).GetCompilationUnitRoot();
        // A block may declare a type; in one program, types come after the statements.
        var members = root.Members.OrderBy(m => m is not GlobalStatementSyntax);
        var ordered = root.WithMembers([.. members])
            .WithUsings([.. root.Usings, .. Implicit().Usings]);
        var compilation = CSharpCompilation.Create("guide",
            [CSharpSyntaxTree.Create(ordered.NormalizeWhitespace(), Language)],
            References(), new CSharpCompilationOptions(OutputKind.ConsoleApplication,
                nullableContextOptions: NullableContextOptions.Enable));
        var result = compilation.Emit(program);
        Assert.True(result.Success, $"{path}: " + string.Join('\n',
            result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    private static CompilationUnitSyntax Implicit() => SyntaxFactory.ParseCompilationUnit(
        "using System; using System.IO; using System.Linq; using System.Collections.Generic;");

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file));

    private IEnumerable<string> Blocks(string language) =>
        Regex.Matches(_text, $@"(?ms)^```{language}\n(.*?)^```").Select(m => m.Groups[1].Value);
}
