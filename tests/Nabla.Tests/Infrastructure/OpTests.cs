using Nabla.Tensors;

namespace Nabla.Tests.Infrastructure;

/// <summary>
/// The tests that every op has: a test class that derives from this declares its cases, and may add
/// tests of its own.
/// </summary>
public abstract class OpTests
{
    /// <summary>The declared cases.</summary>
    public abstract IEnumerable<OpCase> Cases { get; }

    /// <summary>All cases with all arguments, in all types.</summary>
    internal IEnumerable<OpRun> Runs => Cases.SelectMany(c => c.Variants.SelectMany(
        inputs => c.DTypes.Select(type => new OpRun(c, inputs, type))));

    [Fact]
    public void Values_are_those_of_PyTorch() =>
        Each(Runs, run => OpChecks.Values(run, GoldenOf(run)));

    [Fact]
    public void Gradients_are_those_of_PyTorch() =>
        Each(Runs, run => OpChecks.Gradients(run, GoldenOf(run)));

    [Fact]
    public void Strided_arguments_give_what_contiguous_ones_do() =>
        Each(RunsIn(DType.Float64), OpChecks.Strides);

    [Fact]
    public void Gradients_agree_with_finite_differences() =>
        Each(Runs.Where(run => run.IsDifferentiable && run.Type == DType.Float64),
            OpChecks.FiniteDifferences);

    [Fact]
    public void Gradients_of_gradients_agree_with_finite_differences() =>
        Each(Runs.Where(run => run.IsDifferentiable && run.Type == DType.Float64
            && run.Case.TwiceDifferentiable), OpChecks.SecondDifferences);

    [Fact]
    public void Captured_it_computes_what_it_does_eagerly() =>
        Each(RunsIn(DType.Float32).Where(run => run.Case.Capturable), OpChecks.Capture);

    [Fact]
    public void Arguments_stay_as_they_are() => Each(Runs, OpChecks.Purity);

    /// <summary>The reference values of a run.</summary>
    internal Golden GoldenOf(OpRun run)
    {
        if (run.Case.Reference is { } reference)
        {
            return new Golden("", [.. reference(run.Arguments()).Select(GoldenTensor.Of)], []);
        }
        var goldens = OpCatalog.GoldensOf(GetType());
        return goldens.TryGetValue(run.Key, out var golden) && golden.Hash == run.Hash
            ? golden
            : throw new InvalidOperationException(
                $"{run.Key} has no reference values, or old ones: run ./test --goldens");
    }

    /// <summary>The runs in a type; where a case has no run in it, those in its first
    /// type.</summary>
    private IEnumerable<OpRun> RunsIn(DType type) => Runs.Where(run => run.Type
        == (run.Case.DTypes.Contains(type) ? type : run.Case.DTypes[0]));

    private static void Each(IEnumerable<OpRun> runs, Action<OpRun> check)
    {
        var failures = new List<string>();
        foreach (var run in runs)
        {
            try
            {
                check(run);
            }
            catch (Exception e)
            {
                failures.Add($"{run.Key} in {run.Type}: {e.GetType().Name}: {e.Message}\n"
                    + e.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Nabla.")));
            }
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
