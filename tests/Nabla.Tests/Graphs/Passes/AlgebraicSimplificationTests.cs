using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class AlgebraicSimplificationTests
{
    public static TheoryData<string, Func<Tensor, Tensor>> Nothings => new()
    {
        { "x · 1", x => x * 1 },
        { "1 · x", x => 1 * x },
        { "x / 1", x => x / 1 },
        { "x + 0", x => x + 0 },
        { "0 + x", x => 0 + x },
        { "x + one 0 for all", x => x + Tensor.Zeros(1, 1).Expand(2, 3) },
        { "x − 0", x => x - 0 },
        { "x · ones", x => x * Tensor.From(1f, 1f, 1f) },
        { "−(−x)", x => -(-x) },
        { "transposed twice", x => x.Transpose().Transpose() },
        { "reshaped there and back", x => x.Reshape(6).Reshape(2, 3) },
        { "cast to its own type", x => new CastOp(DType.Float32).Apply(x) },
        { "cast to a wider type and back", x => x.To(DType.Float64).To(DType.Float32) },
        { "expanded to its own shape", x => new ExpandOp(new Shape(2, 3)).Apply(x) },
        { "summed to its own shape", x => new SumToOp(new Shape(2, 3)).Apply(x) },
        { "all at once", x => ((x * 1 + 0).Reshape(6) / 1).Reshape(2, 3) - 0 },
    };

    [Theory]
    [MemberData(nameof(Nothings))]
    public void What_changes_nothing_goes(string name, Func<Tensor, Tensor> nothing)
    {
        var graph = Run(x => nothing(x[0].Exp()));
        Assert.True(graph.Names() is ["Exp"], $"{name}: {graph}");
        var x = Tensor.Randn(2, 3);
        Assert.Equal(nothing(x.Exp()).ToArray<float>(), graph.Replay(x));
    }

    /// <summary>What is expanded has no rows that another shape could be a view of.</summary>
    [Fact]
    public void What_a_view_is_of_keeps_its_order_in_memory()
    {
        static Tensor Rows(Tensor x) =>
            (x.Unsqueeze(1).Expand(2, 5, 3) * 1).Reshape(10, 3).Exp();
        var graph = Run(x => Rows(x[0]));
        Assert.Contains("Mul", graph.Names());
        var x = Tensor.Randn(2, 3);
        Assert.Equal(Rows(x).ToArray<float>(), graph.Replay(x));
        Assert.DoesNotContain(
            "Mul", Run(y => (y[0].Unsqueeze(1).Expand(2, 5, 3) * 1).Exp()).Names());
    }

    [Theory]
    [InlineData("Mul")]
    [InlineData("Sub")]
    [InlineData("Div")]
    public void What_changes_something_stays(string op)
    {
        var graph = Run(x => op switch
        {
            "Mul" => x[0] * 1.5,
            "Sub" => 0 - x[0],
            _ => 1 / x[0],
        });
        Assert.Equal([op], graph.Names());
    }

    [Fact]
    public void A_one_that_broadcasts_the_other_side_stays() =>
        Assert.Equal(["Mul"], Run(x => x[0] * Tensor.Ones(4, 2, 3)).Names().Where(n => n == "Mul"));

    [Fact]
    public void A_cast_through_a_narrower_type_rounds_and_stays() => Assert.Equal(
        ["Cast", "Cast"], Run(x => x[0].To(DType.BFloat16).To(DType.Float32)).Names());

    [Fact]
    public void Two_views_in_a_row_become_one()
    {
        Same(["Permute"], x => x.Reshape(1, 2, 3).Exp().Permute(1, 2, 0).Permute(2, 1, 0));
        Same(["Reshape"], x => x.Exp().Reshape(6).Reshape(3, 2));
        Same(["Expand"], x => x.Exp().Expand(2, 2, 3).Expand(4, 2, 2, 3));

        static void Same(string[] expected, Func<Tensor, Tensor> function)
        {
            var graph = Run(x => function(x[0]));
            Assert.Equal(expected, graph.Names().SkipWhile(n => n != "Exp").Skip(1));
            var x = Tensor.Randn(2, 3);
            Assert.Equal(function(x).ToArray<float>(), graph.Replay(x));
        }
    }

    [Fact]
    public void A_reshaped_view_of_strided_elements_keeps_its_steps()
    {
        var x = Tensor.Randn(2, 3);
        static Tensor Step(Tensor[] x) => x[0].Transpose()[..1].Reshape(2).Reshape(2, 1);
        Assert.Equal(Step([x]).ToArray<float>(), Run(Step).Replay(x));
    }

    [Fact]
    public void The_old_value_of_a_state_that_changes_is_kept()
    {
        var state = Tensor.From(1f, 2f);
        var graph = Run(x =>
        {
            var old = state * 1;
            state.Assign(x[0][0][..2]);
            return old;
        });
        Assert.Equal([1f, 2f], graph.Replay(Tensor.Randn(2, 3)));
    }

    private static Graph Run(Func<Tensor[], Tensor> function) => new DeadCode().Run(
        new AlgebraicSimplification().Run(Traces.Of(function, Tensor.Randn(2, 3))));
}
