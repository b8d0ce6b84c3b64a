using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Architecture;

namespace Nabla.Tests.Graphs;

public class CompilerTests
{
    [Fact]
    public void What_is_computed_twice_or_never_used_runs_once_or_never()
    {
        var graph = Compiler.Optimize(Traces.Of(x =>
        {
            _ = x[0].MatMul(x[0]);
            return x[0].Exp().MatMul(x[0].Exp());
        }, Tensor.Randn(3, 3)));
        Assert.Equal(["Exp", "MatMul"], graph.Names());
    }

    [Fact]
    public void An_optimized_graph_computes_what_the_traced_one_does()
    {
        static Tensor Step(Tensor[] x)
        {
            var h = (x[0].MatMul(x[1]) * 2 + 1).Tanh();
            return (h * h + h.Exp() - x[0].MatMul(x[1])).Sum(0) / 3;
        }
        var (a, b) = (Tensor.Randn(5, 4), Tensor.Randn(4, 7));
        var expected = Step([a, b]).ToArray<float>();
        Assert.Equal(expected, Traces.Of(Step, a, b).Replay(a, b));
        var optimized = Compiler.Optimize(Traces.Of(Step, a, b));
        Assert.Equal(expected, optimized.Replay(a, b));
        Assert.True(optimized.Nodes.Count < Traces.Of(Step, a, b).Nodes.Count);
    }

    [Fact]
    public void The_architecture_lists_the_passes_in_their_order()
    {
        var log = new StringWriter();
        Compiler.Optimize(Traces.Of(x => x[0].Relu(), Tensor.Randn(3)), log);
        Assert.Equal(Passes(log), Listed(3));
        log = new StringWriter();
        Compiler.OptimizeForInference(Traces.Of(x => x[0].Relu(), Tensor.Randn(3)), log);
        Assert.Equal(Passes(log), Listed(4));

        static IEnumerable<string> Listed(int column) => Repository.Read("ARCHITECTURE.md")
            .Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6)
            .SelectMany(cells => cells[column].Split(", ")
                .Where(place => int.TryParse(place, out _))
                .Select(place => (Name: cells[1], Place: int.Parse(place))))
            .OrderBy(pass => pass.Place).Select(pass => pass.Name);
    }

    private static IEnumerable<string> Passes(StringWriter log) => log.ToString().Split('\n')
        .Where(line => line.StartsWith("after ")).Select(line => line.Trim()[6..^1]);

    [Fact]
    public void The_log_of_inference_shows_its_passes_by_name()
    {
        var log = new StringWriter();
        Compiler.OptimizeForInference(Traces.Of(x => x[0].Relu(), Tensor.Randn(3)), log);
        string[] expected =
        [
            "freezing", "dead code elimination", "batch-norm folding", "gather sinking",
            "constant folding", "algebraic simplification", "common subexpression elimination",
            "dead code elimination", "gather fusion", "epilogue fusion", "product fusion",
            "weight packing", "layout assignment", "dead code elimination",
            "inverted residual fusion", "batch slicing", "elementwise fusion", "reduction fusion",
        ];
        Assert.Equal(expected, Passes(log));
    }

    [Fact]
    public void The_log_shows_the_graph_before_and_after_each_pass()
    {
        var log = new StringWriter();
        Compiler.Optimize(Traces.Of(x => (x[0] * 1).Exp().Tanh(), Tensor.Randn(3)), log);
        var text = log.ToString();
        string[] expected =
        [
            "captured:", "Mul(input0, 1)", "after dead code elimination:",
            "after constant folding:", "after algebraic simplification:", "Exp(input0)",
            "after common subexpression elimination:", "after elementwise fusion:",
            "fused[Exp Tanh](input0)",
        ];
        var at = 0;
        foreach (var part in expected)
        {
            at = text.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{part} is missing or out of order in:\n{text}");
        }
    }
}
