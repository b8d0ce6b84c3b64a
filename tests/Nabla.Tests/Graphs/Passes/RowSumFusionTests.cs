using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class RowSumFusionTests
{
    /// <summary>Both biases of a layer: the input's comes through a view.</summary>
    [Theory]
    [InlineData("gru", 2)]
    [InlineData("lstm", 1)]
    [InlineData("rnn", 1)]
    public void Biases_gradients_of_a_recurrent_layer_come_with_the_gates(string kind, int sums)
    {
        Generator.ManualSeed(3);
        Module layer = kind switch
        {
            "gru" => new GRU(3, 7),
            "lstm" => new LSTM(3, 7),
            _ => new RNN(3, 7),
        };
        var x = Tensor.Randn(5, 4, 3);
        Tensor Step(Tensor[] input)
        {
            foreach (var (_, parameter) in layer.NamedParameters())
            {
                parameter.Grad = null;
            }
            var y = layer switch
            {
                GRU gru => gru.Call(input[0]).Output,
                LSTM lstm => lstm.Call(input[0]).Output,
                _ => ((RNN)layer).Call(input[0]).Output,
            };
            y.Square().Sum().Backward();
            return Tensor.Cat([.. layer.NamedParameters()
                .Select(p => p.Parameter.Grad!.Reshape(-1))], 0);
        }
        var expected = Step([x]).ToArray<float>();
        var graph = Optimized(Step, x);
        Assert.DoesNotContain(graph.Nodes, n => n.Op is SumToOp { Target.Rank: > 0 });
        Assert.Equal(sums, graph.Nodes.Single(n => n.Op is RecurrentBackwardOp).Outputs.Count
            - (kind == "rnn" ? 2 : 3));
        var actual = graph.Replay(x);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5f * (1 + Math.Abs(expected[i])));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_bias_before_a_layer_norm_gets_its_gradient_from_the_norm(int dims)
    {
        Generator.ManualSeed(4);
        var (bias, x) = (Tensor.Randn(6, 5), Tensor.Randn(3, 6, 5));
        bias = dims == 1 ? bias.Select(0, 0) : bias;
        var (weight, shift) = (Tensor.Randn(bias.Shape.Dims), Tensor.Randn(bias.Shape.Dims));
        Tensor Step(Tensor[] input)
        {
            bias.Grad = null;
            bias.RequiresGrad = true;
            var y = (input[0] + bias).LayerNorm(dims, weight, shift);
            (y * y * y).Sum().Backward();
            return bias.Grad!;
        }
        var expected = Step([x]).ToArray<float>();
        var graph = Optimized(Step, x);
        Assert.DoesNotContain(graph.Nodes, n => n.Op is SumToOp { Target.Rank: > 0 });
        Assert.Equal(4, graph.Nodes.Single(n => n.Op is LayerNormBackwardOp).Outputs.Count);
        var actual = graph.Replay(x);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4f * (1 + Math.Abs(expected[i])));
        }
    }

    /// <summary>A row that is added to all others keeps its dimension in its gradient.</summary>
    [Theory]
    [InlineData(false, 1, 8)]
    [InlineData(true, 1, 8)]
    [InlineData(true, 1, 1, 8)]
    public void A_sum_that_keeps_dimensions_has_the_shape_that_its_reader_expects(
        bool isNorm, params int[] shape)
    {
        Generator.ManualSeed(5);
        var row = Tensor.Randn([.. shape.Select(d => (long)d)]);
        var (x, w) = (Tensor.Randn(6, 8), Tensor.Randn(8, 4));
        Tensor Step(Tensor[] input)
        {
            row.Grad = null;
            row.RequiresGrad = true;
            var y = input[0] + row;
            y = isNorm ? y.LayerNorm() : y.Square() + y.MatMul(w).MatMul(w.Transpose());
            y.Square().Sum().Backward();
            return row.Grad! * 2;
        }
        var expected = Step([x]).ToArray<float>();
        var graph = Compiler.Optimize(Traces.Of(Step, x));
        Assert.DoesNotContain(graph.Nodes, n => n.Op is SumToOp { Target.Rank: > 0 });
        Assert.Equal(row.Shape, graph.Outputs[0].Spec.Shape);
        var actual = graph.Replay(x);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4f * (1 + Math.Abs(expected[i])));
        }
    }

    [Fact]
    public void Sums_over_other_dimensions_are_left_alone()
    {
        var (weight, h) = (Tensor.Randn(4, 4), Tensor.Zeros(3, 4));
        Tensor Gradient(Tensor[] x) => new RecurrentBackwardOp(
            Nabla.Kernels.RecurrentCell.Tanh, false, 1)
            .ApplyAll(x[0], x[0], h, weight)[0];
        var x = Tensor.Randn(2, 3, 4);
        Assert.Contains("SumTo", Optimized(y => Gradient(y).Sum(0), x).Names());
        Assert.Contains("SumTo", Optimized(y => Gradient(y).Sum([0, 2]), x).Names());
        Assert.DoesNotContain("SumTo", Optimized(y => Gradient(y).Sum([0, 1]), x).Names());
        Assert.DoesNotContain(
            "SumTo", Optimized(y => Gradient(y).Reshape(6, 4).Sum(0, keepDim: true), x).Names());
        Assert.Contains("SumTo", Optimized(y => Gradient(y).Reshape(3, 8).Sum(0), x).Names());
    }

    private static Graph Optimized(Func<Tensor[], Tensor> function, params Tensor[] x) =>
        new RowSumFusion().Run(new DeadCode().Run(new CommonSubexpressions().Run(
            new AlgebraicSimplification().Run(Traces.Of(function, x)))));
}
