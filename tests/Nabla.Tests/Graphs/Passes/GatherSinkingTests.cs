using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Kernels.Cpu;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

[Collection(nameof(WorkerTeam))]
public sealed class GatherSinkingTests : IDisposable
{
    private const int Rows = 5, Width = 32, Outputs = 7, Count = 12;

    private readonly bool _strict = Numerics.Strict;
    private readonly Tensor _table = Tensor.Randn(Rows, Width);
    private readonly Tensor _weight = Tensor.Randn(Outputs, Width);
    private readonly Tensor _bias = Tensor.Randn(Outputs);
    private readonly Tensor _grad = Tensor.Randn(Count, Outputs);
    private readonly Tensor _ids = Tensor.Arange(Count) * 3 % Rows;
    private readonly Tensor _everywhere = Tensor.Randn(Width);
    private readonly Tensor _three = Tensor.Randn(3, Width);
    private readonly Tensor _threePlaces = Tensor.Randn(3, Width);
    private readonly Tensor _threeIds = Tensor.Arange(Count) * 5 % 3;

    public GatherSinkingTests() => Numerics.Strict = false;

    public void Dispose() => Numerics.Strict = _strict;

    [Fact]
    public void A_layer_over_looked_up_rows_is_looked_up_in_the_layer_over_the_table()
    {
        Becomes("Linear Embedding", x => x.Embedding(_table).Linear(_weight, _bias));
        Becomes("Linear Embedding", x => x.Embedding(_table).Linear(_weight));
        Becomes("MatMul Embedding", x => x.Embedding(_table).MatMul(_weight.Transpose()));
        Becomes("Linear Embedding", x => x.Reshape(3, 4).Embedding(_table).Linear(_weight, _bias));
    }

    [Fact]
    public void A_layer_over_a_sum_is_taken_of_each_of_its_terms()
    {
        Becomes("Linear Embedding Linear Add",
            x => (x.Embedding(_table) + _everywhere).Linear(_weight, _bias));
        Becomes("Linear Embedding Linear Add",
            x => (_everywhere + x.Embedding(_table)).Linear(_weight));
        BecomesOfThree("Linear Embedding Linear Add", x =>
            (x.Reshape(4, 3).Embedding(_three) + _threePlaces).Linear(_weight, _bias));
        BecomesOfThree("MatMul Embedding MatMul Add", x =>
            (x.Reshape(4, 3).Embedding(_three) + _threePlaces.Reshape(1, 3, Width))
                .Reshape(Count, Width).MatMul(_weight.Transpose()));
        var two = Tensor.Randn(2, Width);
        BecomesOfThree("Remainder Linear Embedding Linear Embedding Add Linear Add", x =>
            (x.Embedding(_three) + ((x % 2).Embedding(two) + _everywhere))
                .Linear(_weight, _bias));
    }

    /// <summary>A layer over a layer over a sum sinks, too.</summary>
    [Fact]
    public void Layers_follow_each_other() => BecomesOfThree(
        "Linear Linear Linear Embedding Linear Add", x =>
            (x.Reshape(4, 3).Embedding(_three) + _threePlaces)
                .Linear(Tensor.Ones(Width, Width), _everywhere).Linear(_weight, _bias));

    [Fact]
    public void A_product_with_a_sum_is_taken_with_each_of_its_terms()
    {
        BecomesOfThree("IndexAdd MatMul SumTo MatMul Add", x => _grad.Transpose().MatMul(
            (x.Reshape(4, 3).Embedding(_three) + _threePlaces).Reshape(Count, Width)));
        BecomesOfThree("IndexAdd MatMul SumTo MatMul Add", x =>
            (x.Reshape(4, 3).Embedding(_three) + _threePlaces).Reshape(Count, Width).Transpose()
                .MatMul(_grad));
        Becomes("IndexAdd MatMul",
            x => x.Embedding(_table).Transpose().MatMul(_grad));
    }

    [Fact]
    public void Rows_are_added_up_before_they_are_multiplied()
    {
        var rest = Tensor.Randn(4, 3, Width);
        Tensor Gradient() => _grad.MatMul(_weight).Reshape(4, 3, Width);
        BecomesOfThree("SumTo MatMul", x => Gradient().SumTo(new Shape(3, Width)));
        BecomesOfThree("SumTo MatMul", x => Gradient().SumTo(new Shape(1, 3, Width)));
        BecomesOfThree("SumTo MatMul", x => Gradient().SumTo(new Shape(Width)));
        BecomesOfThree("SumTo MatMul SumTo Add",
            x => (rest + Gradient()).SumTo(new Shape(3, Width)));
        BecomesOfThree("IndexAdd MatMul Add IndexAdd Add", x => Tensor.Zeros(3, Width).IndexAdd(
            0, x, (Gradient() + rest + rest).Reshape(Count, Width)));
        BecomesOfThree("SumTo MatMul MatMul Add",
            x => (Gradient() + Gradient()).SumTo(new Shape(Width)));
        BecomesOfThree("SumTo MatMul SumTo Add IndexAdd MatMul IndexAdd Add Add", x =>
        {
            var gradient = Gradient() + rest;
            return gradient.SumTo(new Shape(3, Width)) + Tensor.Zeros(3, Width).IndexAdd(
                0, x, gradient.Reshape(Count, Width));
        });
    }

    [Fact]
    public void A_sum_of_all_rows_is_one_of_sums_that_are_known() =>
        BecomesOfThree("IndexAdd MatMul SumTo SumTo Add", x =>
            Tensor.Zeros(3, Width).IndexAdd(0, x, _grad.MatMul(_weight))
                + _grad.SumTo(new Shape(Outputs)).Sum());

    [Fact]
    public void A_sum_that_does_not_come_out_of_tables_stays_what_it_is()
    {
        var rows = Tensor.Randn(Count, Width);
        Becomes("Embedding Add Linear", x => (x.Embedding(_table) + rows).Linear(_weight));
        Becomes("Embedding Add Linear", x =>
            (x.Reshape(4, 3).Embedding(_table) + rows[..4].Reshape(4, 1, Width)).Linear(_weight));
        Becomes("Embedding Add Linear", x =>
            (x.Embedding(_table) + rows[.., ..1]).Linear(_weight));
        // Two tables of five rows for twelve are too many.
        Becomes("Embedding Embedding Add Linear", x =>
            (x.Embedding(_table) + x.Embedding(rows[..Rows])).Linear(_weight));
    }

    [Fact]
    public void A_sum_that_is_no_sum_of_rows_stays_what_it_is()
    {
        Becomes("MatMul SumTo", x => _grad.MatMul(_weight).Sum());
        Becomes("MatMul SumTo", x => _grad.MatMul(_weight).Sum(1, true));
        Becomes("MatMul SumTo", x => _grad.MatMul(_weight[.., 1..]).SumTo(new Shape(Width - 1)));
        Becomes("MatMul SumTo", x => _grad.MatMul(_weight).Reshape(2, 6, Width)
            .SumTo(new Shape(2, 1, Width)));
        // Rows that follow each other in another order can't be taken in turn.
        var across = Tensor.Randn(Outputs, Count).Transpose();
        Becomes("MatMul SumTo", x => across.MatMul(_weight).SumTo(new Shape(Width)));
    }

    [Fact]
    public void Scalars_stay_what_they_are()
    {
        Becomes("MatMul SumTo", x => _grad.Reshape(1, -1).MatMul(Tensor.Ones(84, 1)).Reshape()
            .Expand(2).Sum());
        Becomes("SumTo Exp Linear", x => Tensor.Ones(2).Sum().Exp().Reshape(1, 1)
            .Linear(Tensor.Ones(3, 1)));
    }

    /// <summary>Sums that are added to themselves do not make the pass follow each.</summary>
    [Fact]
    public void Many_terms_stay_what_they_are()
    {
        var adds = string.Join(' ', Enumerable.Repeat("Add", 30));
        Becomes($"Embedding {adds} Linear Mul", x =>
        {
            var rows = x.Embedding(_table);
            for (var i = 0; i < 30; i++)
            {
                rows += rows;
            }
            return rows.Linear(_weight) * 1e-9f;
        });
        Becomes($"MatMul {adds} SumTo Mul", x =>
        {
            var rows = _grad.MatMul(_weight);
            for (var i = 0; i < 30; i++)
            {
                rows += rows;
            }
            return rows.SumTo(new Shape(Width)) * 1e-9f;
        });
    }

    [Fact]
    public void A_product_with_looked_up_rows_is_one_of_sums_with_the_table()
    {
        Becomes("IndexAdd MatMul", x => _grad.Transpose().MatMul(x.Embedding(_table)));
        Becomes("IndexAdd MatMul", x => _grad.Transpose().MatMul(
            x.Reshape(3, 4).Embedding(_table).Reshape(Count, Width)));
    }

    [Fact]
    public void A_sum_of_products_rows_is_a_product_of_sums() => Becomes("IndexAdd MatMul",
        x => Tensor.Zeros(Rows, Width).IndexAdd(0, x, _grad.MatMul(_weight)));

    [Fact]
    public void A_product_that_is_read_elsewhere_stays_what_it_is()
    {
        Becomes("MatMul IndexAdd Exp SumTo Add", x =>
        {
            var product = _grad.MatMul(_weight);
            return Tensor.Zeros(Rows, Width).IndexAdd(0, x, product) + product.Exp().Sum();
        });
        var graph = Capture.Trace(x =>
        {
            var product = _grad.MatMul(_weight);
            return [Tensor.Zeros(Rows, Width).IndexAdd(0, x[0], product), product];
        }, _ids);
        Assert.Equal("MatMul IndexAdd", Work(graph));
    }

    [Fact]
    public void What_would_gain_nothing_stays_what_it_is()
    {
        var large = Tensor.Randn((Count / 2) + 1, Width);
        Becomes("Embedding Linear", x => x.Embedding(large).Linear(_weight));
        Becomes("MatMul IndexAdd",
            x => Tensor.Zeros(large.Shape).IndexAdd(0, x, _grad.MatMul(_weight)));
        var narrow = Tensor.Randn(Rows, Width - 1);
        Becomes("Embedding MatMul", x => _grad.Transpose().MatMul(x.Embedding(narrow)));
        Becomes("MatMul IndexAdd", x => Tensor.Zeros(Rows, Width - 1).IndexAdd(
            0, x, _grad.MatMul(_weight[.., 1..])));
    }

    [Fact]
    public void What_is_no_product_of_the_looked_up_rows_stays_what_it_is()
    {
        Becomes("Embedding Linear", x => x.Embedding(_table).Reshape(2 * Count, Width / 2)
            .Linear(_weight[.., ..(Width / 2)]));
        Becomes("Embedding Relu Linear", x => x.Embedding(_table).Relu().Linear(_weight));
        Becomes("MatMul IndexAdd", x => _table.IndexAdd(0, x, _grad.MatMul(_weight)));
        Becomes("MatMul IndexAdd", x => Tensor.Zeros(Outputs, 16).IndexAdd(
            1, x, _weight.MatMul(Tensor.Ones(Width, Count))));
    }

    [Fact]
    public void A_batch_of_products_stays_what_it_is()
    {
        var (rows, weights) = (Tensor.Randn(Count, 40, 3), Tensor.Randn(Count, 3, Width));
        Becomes("MatMul IndexAdd", x => Tensor.Zeros(Rows, 40, Width)
            .IndexAdd(0, x, rows.MatMul(weights)));
        Becomes("Embedding MatMul", x => x.Embedding(_table).MatMul(
            Tensor.Ones(2, Width, Outputs)));
        Becomes("Embedding Dense MatMul", x => rows.Permute(2, 1, 0).MatMul(x.Embedding(_table)));
    }

    [Fact]
    public void An_order_that_is_no_transpose_stays_what_it_is()
    {
        var square = Tensor.Randn(Count, Count);
        Becomes("Embedding MatMul", x => square.Permute(0, 1).MatMul(x.Embedding(_table)));
    }

    [Fact]
    public void Strict_numerics_keep_the_order_of_additions()
    {
        Numerics.Strict = true;
        Becomes("Embedding Linear", x => x.Embedding(_table).Linear(_weight, _bias));
    }

    /// <summary>Forward and all gradients: the table's sums serve two of them.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void A_step_over_characters_takes_its_products_over_the_vocabulary(int? padding)
    {
        Generator.ManualSeed(4);
        var (embedding, gru) = (new Embedding(Rows, Width, padding), new GRU(Width, 9));
        Parameter[] parameters = [.. embedding.Parameters(), .. gru.Parameters()];
        Tensor Step(Tensor[] x)
        {
            foreach (var parameter in parameters)
            {
                parameter.Grad = null;
            }
            gru.Call(embedding.Call(x[0])).Output.Square().Sum().Backward();
            return Tensor.Cat([.. parameters.Select(p => p.Grad!.Reshape(-1))], 0);
        }
        var x = _ids.Reshape(6, 2);
        var expected = Step([x]).ToArray<float>();
        var graph = Compiler.Optimize(Traces.Of(Step, x));
        if (padding is null)
        {
            Assert.Single(graph.Nodes, n => n.Op is IndexAddOp);
            Assert.DoesNotContain(graph.Nodes, n => n.Op is MatMulOp or LinearOp
                && n.Inputs.Concat(n.Outputs).Any(v => v.Spec.Shape == new Shape(Count, Width)));
        }
        Close(expected, graph.Replay(x));
    }

    /// <summary>A language model's first layer: its three products, and the sums that they need,
    /// are taken over tokens and positions.</summary>
    [Fact]
    public void A_step_over_tokens_and_positions_takes_its_products_over_both()
    {
        const int Batch = 8, Time = 6, Wide = 32;
        Generator.ManualSeed(5);
        var (embedding, layer) = (new Embedding(Rows, Wide), new Linear(Wide, 3 * Wide));
        var positions = new Parameter(Tensor.Randn(Time + 1, Wide));
        Parameter[] parameters = [.. embedding.Parameters(), positions, .. layer.Parameters()];
        Tensor Step(Tensor[] x)
        {
            foreach (var parameter in parameters)
            {
                parameter.Grad = null;
            }
            var tokens = embedding.Call(x[0]) + positions.Slice(0, ..Time);
            var loss = (layer.Call(tokens).Tanh().Sum(2, true) + tokens.Sin()).Square().Sum();
            loss.Backward();
            return Tensor.Cat([.. parameters.Select(p => p.Grad!.Reshape(-1)),
                loss.Reshape(-1)], 0);
        }
        var x = (Tensor.Arange(Batch * Time) * 3 % Rows).Reshape(Batch, Time);
        var expected = Step([x]).ToArray<float>();
        var graph = Compiler.Optimize(Traces.Of(Step, x));
        Assert.DoesNotContain(graph.Nodes, n => n.Op is MatMulOp or LinearOp or FusedMatMul
            && n.Inputs.Concat(n.Outputs).Any(v => v.Spec.Shape.Dims.Contains(Batch * Time)));
        // Terms of either sign, up to the largest of the gradients, meet in each.
        var scale = expected.Max(MathF.Abs);
        Close([.. expected.Select(g => g / scale)], [.. graph.Replay(x).Select(g => g / scale)]);
    }

    /// <summary>What is left is these ops, but for views and constants, and their values.</summary>
    private void Becomes(string ops, Func<Tensor, Tensor> function) =>
        Becomes(ops, function, _ids);

    /// <summary>The same with indices of three rows.</summary>
    private void BecomesOfThree(string ops, Func<Tensor, Tensor> function) =>
        Becomes(ops, function, _threeIds);

    private static void Becomes(string ops, Func<Tensor, Tensor> function, Tensor ids)
    {
        var expected = function(ids).ToArray<float>();
        var graph = Traces.Of(x => function(x[0]), ids);
        Assert.Equal(ops, Work(graph));
        Close(expected, graph.Replay(ids));
    }

    private static string Work(Graph graph) => string.Join(' ', new DeadCode()
        .Run(new GatherSinking().Run(graph)).Nodes
        .Where(n => n.Op is not (ViewOp or FullOp)).Select(n => n.Op.Name));

    private static void Close(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5f * (1 + Math.Abs(expected[i])));
        }
    }
}

/// <summary><see cref="SumToOp"/>, which gradients apply, for the tests' chains.</summary>
file static class SumToExtensions
{
    public static Tensor SumTo(this Tensor x, Shape target) => SumToOp.Of(x, target);
}
