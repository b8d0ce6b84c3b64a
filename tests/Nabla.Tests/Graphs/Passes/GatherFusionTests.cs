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
public sealed class GatherFusionTests : IDisposable
{
    private const int Rows = 5, Steps = 6, Samples = 3, Units = 9, Gates = 4 * Units;

    private readonly bool _strict = Numerics.Strict;
    private readonly Tensor _table = Tensor.Randn(Rows, Gates);
    private readonly Tensor _other = Tensor.Randn(Rows, Gates);
    private readonly Tensor _weight = Tensor.Randn(Gates, Units);
    private readonly Tensor _bias = Tensor.Randn(Gates);
    private readonly Tensor _first = Tensor.Randn(Samples, Units);
    private readonly Tensor _ids = Tensor.Arange(Steps * Samples) * 3 % Rows;

    public GatherFusionTests() => Numerics.Strict = false;

    public void Dispose() => Numerics.Strict = _strict;

    [Fact]
    public void A_layer_looks_its_rows_up_itself()
    {
        const string Fused = "FusedRecurrent[Embedding Lstm]";
        Becomes(Fused, x => Lstm(x.Embedding(_table).Reshape(Steps, Samples, Gates)));
        Becomes(Fused, x => Lstm(x.Reshape(Steps, Samples).Embedding(_table)));
        Becomes(Fused, x => Lstm(x.Reshape(Samples, Steps).Embedding(_table, 2)
            .Reshape(1, Steps * Samples, Gates).Reshape(Steps, Samples, Gates)));
        Becomes(Fused, x => Lstm(x.Reshape(Samples, Steps).Transpose().Embedding(_table)));
        Becomes("FusedRecurrent[Embedding Rnn]", x => x.Embedding(_table[.., ..Units])
            .Reshape(Steps, Samples, Units).Rnn(_first, _weight[..Units], _bias[..Units]));
    }

    /// <summary>Tables of their own, or one of both.</summary>
    [Fact]
    public void Both_directions_look_up()
    {
        const string Both = "FusedRecurrent[Embedding Lstm] FusedRecurrent[Embedding Lstm] Add";
        Becomes(Both, x => Lstm(Rowwise(x, _table)) + Lstm(Rowwise(x, _other), true));
        Becomes(Both, x =>
        {
            var rows = x.Embedding(_table);
            return Lstm(rows.Reshape(Steps, Samples, Gates))
                + Lstm(rows.Reshape(Steps, Samples, Gates), true);
        });
    }

    /// <summary>The other one reads the rows in a shape that the index has not.</summary>
    [Fact]
    public void One_of_two_layers_may_be_left_with_the_rows() => Becomes(
        "Embedding FusedRecurrent[Embedding Lstm] SumTo Lstm SumTo Add", x =>
        {
            var first = _first[0].Expand(Steps, Units);
            var rows = x.Reshape(Samples, Steps).Transpose().Embedding(_table);
            return Lstm(rows).Sum() + rows.Reshape(Samples, Steps, Gates)
                .Lstm(first, first, _weight, _bias).H.Sum();
        });

    [Fact]
    public void Rows_that_somebody_else_reads_are_written()
    {
        Becomes("Embedding Lstm Relu Mul", x =>
        {
            var rows = Rowwise(x, _table);
            return Lstm(rows) * rows[.., .., ..Units].Relu();
        });
        var graph = Capture.Trace(x =>
        {
            var rows = Rowwise(x[0], _table);
            return [Lstm(rows), rows];
        }, _ids);
        Assert.Equal("Embedding Lstm", Work(Fused(graph)));
    }

    [Fact]
    public void What_is_no_look_up_of_whole_rows_stays_what_it_is()
    {
        Becomes("Dense Embedding Lstm", x => Lstm(Rowwise(
            x.Reshape(-1, 1).Expand(Steps * Samples, 2).Reshape(-1), _table[.., ..(Gates / 2)])));
        Becomes("Embedding Exp Lstm", x => Lstm(Rowwise(x, _table).Exp()));
        // Their numbers are in another order than the steps.
        Becomes("Embedding Lstm", x => Lstm(
            x.Reshape(Samples, Steps).Embedding(_table).Transpose(0, 1)));
    }

    [Fact]
    public void A_table_that_would_not_stay_in_a_cache_is_looked_up_first()
    {
        const int Rows = (1 << 19) / (sizeof(float) * Gates);
        var (large, larger) = (Tensor.Randn(Rows, Gates), Tensor.Randn(Rows + 1, Gates));
        Becomes("FusedRecurrent[Embedding Lstm]", x => Lstm(Rowwise(x, large)));
        Becomes("Embedding Lstm", x => Lstm(Rowwise(x, larger)));
    }

    [Fact]
    public void An_index_that_leaves_the_table_is_named_as_before()
    {
        var graph = Traces.Of(x => Lstm(Rowwise(x[0], _table)), _ids);
        var bad = _ids.Clone();
        bad[7] = Tensor.Scalar((long)Rows);
        var expected = Assert.Throws<ArgumentOutOfRangeException>(() => graph.Replay(bad)).Message;
        Assert.Contains("Embedding: index 5 (element 7 of the indices)", expected);
        Assert.Equal(expected, Assert.Throws<ArgumentOutOfRangeException>(
            () => Fused(graph).Replay(bad)).Message);
    }

    /// <summary>Forward and all gradients, with a padding row.</summary>
    [Theory]
    [InlineData("lstm", false)]
    [InlineData("gru", false)]
    [InlineData("rnn", false)]
    [InlineData("lstm", true)]
    [InlineData("gru", true)]
    [InlineData("rnn", true)]
    public void A_step_over_characters_keeps_its_bits(string cell, bool bidirectional)
    {
        Generator.ManualSeed(4);
        var embedding = new Embedding(Rows, 32, 2);
        var (lstm, gru, rnn) = (new LSTM(32, Units, bidirectional: bidirectional),
            new GRU(32, Units, bidirectional: bidirectional),
            new RNN(32, Units, bidirectional: bidirectional));
        Parameter[] parameters = [.. embedding.Parameters(), .. cell switch
        {
            "lstm" => lstm.Parameters(),
            "gru" => gru.Parameters(),
            _ => rnn.Parameters(),
        }];
        Tensor Step(Tensor[] x)
        {
            foreach (var parameter in parameters)
            {
                parameter.Grad = null;
            }
            var rows = embedding.Call(x[0]);
            var y = cell switch
            {
                "lstm" => lstm.Call(rows).Output,
                "gru" => gru.Call(rows).Output,
                _ => rnn.Call(rows).Output,
            };
            var loss = y.Square().Sum();
            loss.Backward();
            return Tensor.Cat([.. parameters.Select(p => p.Grad!.Reshape(-1)),
                loss.Reshape(-1)], 0);
        }
        var x = _ids.Reshape(Steps, Samples);
        var graph = Traces.Of(Step, x);
        var sunk = Compiler.Run([new DeadCode(), new GatherSinking(), new DeadCode()], graph, null);
        Assert.Contains(sunk.Nodes, n => n.Op is EmbeddingOp);
        var fused = Fused(sunk);
        Assert.DoesNotContain(fused.Nodes, n => n.Op is EmbeddingOp);
        Assert.Equal(sunk.Replay(x), fused.Replay(x));
        Assert.Equal(bidirectional ? 2 : 1, Compiler.Optimize(graph).Nodes
            .Count(n => n.Op is FusedRecurrent));
    }

    [Fact]
    public void A_compiled_module_looks_up_too()
    {
        var model = new Sequential(new Embedding(Rows, 32), new Linear(32, Units));
        var graph = Compiler.OptimizeForInference(Traces.Of(x => model.Call(x[0])
            .Rnn(_first, _weight[..Units], _bias[..Units]), _ids.Reshape(Steps, Samples)));
        Assert.Contains(graph.Nodes, n => n.Op is FusedRecurrent);
    }

    private static Tensor Rowwise(Tensor index, Tensor table) =>
        index.Embedding(table).Reshape(Steps, Samples, -1);

    private Tensor Lstm(Tensor gates, bool reverse = false) =>
        gates.Lstm(_first, _first, _weight, _bias, reverse).H;

    /// <summary>What is left is these ops, but for views and constants, and their bits.</summary>
    private void Becomes(string ops, Func<Tensor, Tensor> function)
    {
        var graph = Traces.Of(x => function(x[0]), _ids);
        var fused = Fused(graph);
        Assert.Equal(ops, Work(fused));
        Assert.Equal(function(_ids).ToArray<float>(), fused.Replay(_ids));
    }

    private static Graph Fused(Graph graph) =>
        Compiler.Run([new GatherFusion(), new DeadCode()], graph, null);

    private static string Work(Graph graph) => string.Join(' ', graph.Nodes
        .Where(n => n.Op is not (ViewOp or FullOp)).Select(n => n.Op.Name));
}
