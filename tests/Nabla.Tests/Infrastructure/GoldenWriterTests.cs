using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla.Tensors;
using Nabla.Tests.Architecture;
using Xunit.Abstractions;

namespace Nabla.Tests.Infrastructure;

/// <summary>Has PyTorch compute the reference values: <c>./test --goldens</c>.</summary>
[Trait("Category", "Goldens")]
public class GoldenWriterTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Asks for what is missing or old, and drops what no case wants any more.</summary>
    [OnDemandFact("NABLA_GOLDENS")]
    public void PyTorch_computes_the_reference_values()
    {
        var files = OpCatalog.Tests.Select(tests => new GoldenUpdate(tests)).ToArray();
        var asked = files.SelectMany(file => file.Asked).ToArray();
        var answers = asked.Length == 0 ? [] : Evaluate(asked);
        var errors = new List<string>();
        for (var i = 0; i < asked.Length; i++)
        {
            if (answers[i].Error is { } error)
            {
                errors.Add($"{asked[i].Key}: {asked[i].Torch}: {error}");
            }
        }
        foreach (var file in files)
        {
            file.Write(answers.Where(answer => answer.Error is null));
        }
        output.WriteLine($"{asked.Length - errors.Count} of {asked.Length} values written");
        Repository.AssertNone(errors);
    }

    private static Answer[] Evaluate(Question[] asked)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["asked.json"], JsonSerializer.Serialize(asked, Options));
        // Debian's own Python is the one that has its PyTorch.
        var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        using var process = Process.Start(new ProcessStartInfo(python,
            [Path.Combine(Repository.Root, "tests", "goldens", "evaluate.py"),
                folder["asked.json"], folder["answers.json"]])
        { RedirectStandardError = true })!;
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{python} failed; it needs torch.\n{complaint}");
        return JsonSerializer.Deserialize<Answer[]>(
            File.ReadAllText(folder["answers.json"]), Options)!;
    }

    private sealed class GoldenUpdate
    {
        private readonly OpTests _tests;
        private readonly SortedDictionary<string, Golden> _old;
        private readonly Dictionary<string, OpRun> _runs = [];

        public GoldenUpdate(OpTests tests)
        {
            _tests = tests;
            _old = GoldenFile.Read(tests.GetType());
            foreach (var run in tests.Runs.Where(run => run.Case.Reference is null))
            {
                Assert.True(!_runs.TryGetValue(run.Key, out var other) || other.Hash == run.Hash,
                    $"{tests.GetType().Name}: two cases are called {run.Key}");
                _runs[run.Key] = run;
            }
        }

        public IEnumerable<Question> Asked => _runs
            .Where(entry => !_old.TryGetValue(entry.Key, out var golden)
                || golden.Hash != entry.Value.Hash)
            .Select(entry => Question.Of(_tests.GetType().FullName!, entry.Value));

        public void Write(IEnumerable<Answer> answers)
        {
            var fresh = new SortedDictionary<string, Golden>(StringComparer.Ordinal);
            foreach (var (key, golden) in _old.Where(entry => _runs.ContainsKey(entry.Key)))
            {
                fresh[key] = golden;
            }
            foreach (var answer in answers.Where(a => a.Tests == _tests.GetType().FullName))
            {
                fresh[answer.Key] = new Golden(
                    _runs[answer.Key].Hash, answer.Outputs!, answer.Gradients!);
            }
            if (fresh.Count > 0 && !fresh.SequenceEqual(_old))
            {
                GoldenFile.Write(_tests.GetType(), fresh);
            }
        }
    }

    private sealed record Question(
        string Tests, string Key, string Torch, bool Differentiable, QuestionInput[] Inputs)
    {
        public static Question Of(string tests, OpRun run) => new(
            tests, run.Key, run.Case.Torch, run.IsDifferentiable,
            [.. run.Inputs.Select((input, i) =>
            {
                var type = input.TypeIn(run.Type);
                return new QuestionInput(
                    type.IsFloat ? "float64" : type.ToString().ToLowerInvariant(),
                    input.Shape.Dims.ToArray(), run.Numbers[i], run.HasGradient(i));
            })]);
    }

    private sealed record QuestionInput(
        string Type, long[] Shape, double[] Values, bool HasGradient);

    private sealed record Answer(string Tests, string Key, string? Error,
        GoldenTensor[]? Outputs, GoldenTensor?[]? Gradients);
}
