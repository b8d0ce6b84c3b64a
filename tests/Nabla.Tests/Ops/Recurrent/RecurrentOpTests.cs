using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Graphs;

namespace Nabla.Tests.Ops.Recurrent;

public class RecurrentOpTests
{
    [Fact]
    public void A_gradient_of_the_last_cell_state_alone_reaches_the_first()
    {
        var c0 = Tensor.Ones(1, 1);
        c0.RequiresGrad = true;
        // Gates of zero: each step halves the cell state.
        var (_, c) = Tensor.Zeros(3, 1, 4).Lstm(
            Tensor.Zeros(1, 1), c0, Tensor.Zeros(4, 1), Tensor.Zeros(4));
        c[-1].Sum().Backward();
        Assert.Equal(0.125f, c0.Grad!.Item());
    }

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("Lstm expects gates (T, N, 4·H) and a weight (4·H, H) but got (2, 3, 7) and (8, 2)",
            () => Tensor.Zeros(2, 3, 7).Lstm(Tensor.Zeros(3, 2), Tensor.Zeros(3, 2),
                Tensor.Zeros(8, 2), Tensor.Zeros(8)).H);
        Throws("Lstm expects first states of shape (3, 2) but got (3, 2) and (2, 2)",
            () => Tensor.Zeros(2, 3, 8).Lstm(Tensor.Zeros(3, 2), Tensor.Zeros(2, 2),
                Tensor.Zeros(8, 2), Tensor.Zeros(8)).H);
        Throws("Lstm expects a bias (8,) but got (2,)",
            () => Tensor.Zeros(2, 3, 8).Lstm(Tensor.Zeros(3, 2), Tensor.Zeros(3, 2),
                Tensor.Zeros(8, 2), Tensor.Zeros(2)).H);
        Throws("Lstm expects at least one time step but got (0, 3, 8)",
            () => Tensor.Zeros(0, 3, 8).Lstm(Tensor.Zeros(3, 2), Tensor.Zeros(3, 2),
                Tensor.Zeros(8, 2), Tensor.Zeros(8)).H);
    }

    /// <summary>The input's share, what is kept of the gates, and their gradients.</summary>
    [Theory]
    [InlineData("gru", 1, 4)]
    [InlineData("lstm", 2, 4)]
    [InlineData("rnn", 0, 0)]
    public void In_a_captured_step_the_gates_share_one_place(string kind, int kept, int source)
    {
        var gates = kind switch { "gru" => 3, "lstm" => 4, _ => 1 };
        var (h0, weight) = (Tensor.Randn(3, 5), Tensor.Randn(gates * 5, 5));
        var bias = Tensor.Randn(gates * 5);
        (weight.RequiresGrad, bias.RequiresGrad) = (true, true);
        Tensor Step(Tensor[] x)
        {
            (weight.Grad, bias.Grad) = (null, null);
            var input = x[0].Exp();
            input.RequiresGrad = true;
            var y = kind switch
            {
                "gru" => input.Gru(h0, weight, bias),
                "lstm" => input.Lstm(h0, h0, weight, bias).H,
                _ => input.Rnn(h0, weight, bias),
            };
            y.Sin().Sum().Backward();
            return Tensor.Cat([input.Grad!.Reshape(-1), weight.Grad!.Reshape(-1), bias.Grad!], 0);
        }
        var x = Tensor.Randn(4, 3, gates * 5);
        var expected = Step([x]).ToArray<float>();
        var plan = Planner.Build(Compiler.Optimize(Traces.Of(Step, x)));
        var forward = plan.Steps.ToArray().Single(s => s.Op is RecurrentOp);
        Assert.Same(forward.Inputs[0].Storage, forward.Outputs[kept].Storage);
        var backward = plan.Steps.ToArray().Single(s => s.Op is RecurrentBackwardOp);
        Assert.Same(backward.Inputs[source].Storage, backward.Outputs[0].Storage);
        if (kind == "gru")
        {
            Assert.Same(backward.Inputs[5].Storage, backward.Outputs[2].Storage);
        }
        Assert.True(plan.Run([x], null));
        Assert.All(expected.Zip(plan.Outputs[0].ToArray<float>()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5f * (1 + Math.Abs(pair.First))));
    }

    /// <summary>What the layer reads, and writes over, is then a copy of its input.</summary>
    [Fact]
    public void A_captured_layer_keeps_the_copy_of_a_transposed_input()
    {
        var (h0, weight) = (Tensor.Randn(3, 5), Tensor.Randn(20, 5));
        Tensor Step(Tensor[] x)
        {
            var input = x[0].Exp();
            input.RequiresGrad = true;
            var h = input.Transpose(0, 1).Lstm(h0, h0, weight, Tensor.Zeros(20)).H;
            var others = x[0].Softmax(0).Softmax(1).Softmax(2);
            h.Sin().Sum().Backward();
            return input.Grad! + others;
        }
        var x = Tensor.Randn(3, 4, 20);
        var expected = Step([x]).ToArray<float>();
        Assert.All(expected.Zip(Compiler.Optimize(Traces.Of(Step, x)).Replay(x)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5f * (1 + Math.Abs(pair.First))));
    }

    private static void Throws(string part, Func<Tensor> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
