using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Kernels;
using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Kernels.Cpu;

namespace Nabla.Tests.Graphs;

[Collection(nameof(WorkerTeam))]
public class FusedRecurrentTests
{
    private const int Rows = 5;

    private static readonly EmbeddingOp s_rows = new(2);

    public static TheoryData<string, bool, int, int, int> Cases
    {
        get
        {
            var data = new TheoryData<string, bool, int, int, int>();
            foreach (var cell in new[] { "lstm", "gru", "tanh", "relu" })
            {
                data.Add(cell, false, 6, 3, 33);
                data.Add(cell, true, 5, 40, 47);
                data.Add(cell, false, 1, 4, 1);
                data.Add(cell, true, 9, 1, 16);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_has_the_bits_of_the_layer_over_looked_up_rows_on_any_threads(
        string cell, bool reverse, int steps, int samples, int units)
    {
        Generator.ManualSeed(3);
        var layer = Layer(cell, reverse);
        var index = Tensor.Arange(steps * samples) * 7 % 11 % Rows;
        index = index.Reshape(steps, samples);
        foreach (var type in new[] { DType.Float32, DType.Float64 })
        {
            var (table, others) = Operands(layer, samples, units, type);
            var input = s_rows.Apply(table, index);
            var expected = Numbers(layer.ApplyAll([input, .. others]));
            Assert.Equal(expected, KernelData.OnAnyThreads(() => Numbers(
                new FusedRecurrent(s_rows, layer).ApplyAll([table, .. others, index]))));
        }
    }

    /// <summary>As the embedding would, and before anything is computed.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(Rows)]
    public void An_index_that_leaves_the_table_is_named(int bad)
    {
        var layer = Layer("lstm", false);
        var (table, others) = Operands(layer, 2, 3, DType.Float32);
        var index = Tensor.From(0L, 1, 4, bad, 2, 3).Reshape(3, 2);
        var expected = Assert.Throws<ArgumentOutOfRangeException>(
            () => { s_rows.Apply(table, index); }).Message;
        Assert.Contains($"Embedding: index {bad} (element 3 of the indices)", expected);
        var op = new FusedRecurrent(s_rows, layer);
        Assert.Equal(expected, Assert.Throws<ArgumentOutOfRangeException>(
            () => { op.ApplyAll([table, .. others, index]); }).Message);
    }

    [Fact]
    public void Operands_that_do_not_fit_are_refused()
    {
        var layer = Layer("gru", false);
        var op = new FusedRecurrent(s_rows, layer);
        var (table, others) = Operands(layer, 2, 3, DType.Float32);
        Refused("Gru expects first states of shape (3, 3) but got (2, 3)",
            () => op.ApplyAll([table, .. others, Tensor.Arange(3).Reshape(1, 3)]));
        Refused("Gru expects gates (T, N, 3·H)",
            () => op.ApplyAll([table[.., 1..], .. others, Tensor.Arange(2).Reshape(1, 2)]));
        Refused("Gru expects gates (T, N, 3·H)",
            () => op.ApplyAll([table, .. others, Tensor.Arange(2)]));
        Refused("Embedding expects a weight (V, D)",
            () => op.ApplyAll([table[0], .. others, Tensor.Arange(2).Reshape(1, 2)]));
    }

    [Fact]
    public void Its_name_tells_what_it_does_and_nothing_lies_over_the_table()
    {
        var op = new FusedRecurrent(s_rows, Layer("tanh", false));
        Assert.Equal("FusedRecurrent[Embedding Rnn]", op.Name);
        Assert.False(op.MayOverwrite(0, 0));
        Assert.False(op.IsDifferentiable);
        var (table, others) = Operands(op.Layer, 2, 3, DType.Float64);
        Assert.Equal(new Shape(1, 2, 3),
            op.Apply([table, .. others, Tensor.Arange(2).Reshape(1, 2)]).Shape);
    }

    private static RecurrentOp Layer(string cell, bool reverse) => cell switch
    {
        "lstm" => new LstmOp(reverse),
        "gru" => new GruOp(reverse),
        _ => new RnnOp(cell == "relu", reverse),
    };

    /// <summary>The table, and what the layer reads beside its input.</summary>
    private static (Tensor Table, Tensor[] Others) Operands(
        RecurrentOp layer, int samples, int units, DType type)
    {
        var gates = units * (layer switch { LstmOp => 4, GruOp => 3, _ => 1 });
        Tensor[] others =
        [
            Normal(samples, units), Normal(gates, units) * 0.1f, Normal(gates),
            .. layer is LstmOp ? [Normal(samples, units)] : Array.Empty<Tensor>(),
        ];
        return (Normal(Rows, gates), others);

        Tensor Normal(params ReadOnlySpan<long> shape) => Tensor.Randn(new Shape(shape)).To(type);
    }

    private static double[] Numbers(Tensor[] y) =>
        [.. y.SelectMany(t => t.To(DType.Float64).ToArray<double>())];

    private static void Refused(string part, Action action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
