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

    /// <summary>What is left is these ops, but for views and constants, and their values.</summary>
    private void Becomes(string ops, Func<Tensor, Tensor> function)
    {
        var expected = function(_ids).ToArray<float>();
        var graph = Traces.Of(x => function(x[0]), _ids);
        Assert.Equal(ops, Work(graph));
        Close(expected, graph.Replay(_ids));
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
