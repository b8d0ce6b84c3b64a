using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class PlannerTests
{
    [Fact]
    public void A_long_chain_needs_two_buffers()
    {
        var graph = Traces.Of(
            x => Enumerable.Range(0, 20).Aggregate(x[0], (y, _) => y.Softmax(0)),
            Tensor.Randn(256));
        var plan = Planner.Build(graph);
        Assert.Equal((2 * 1024, 1024), (plan.Memory.Bytes, plan.Memory.ResultBytes));
        Assert.Equal(3 * 1024, plan.Bytes);
    }

    [Fact]
    public void An_elementwise_op_writes_over_an_input_that_nobody_reads_again()
    {
        var graph = Traces.Of(
            x => Enumerable.Range(0, 20).Aggregate(x[0], (y, _) => y.Exp()), Tensor.Randn(256));
        var plan = Planner.Build(graph);
        Assert.Equal((1024, 1024), (plan.Memory.Bytes, plan.Memory.ResultBytes));
    }

    [Fact]
    public void A_layer_norms_gradient_takes_the_place_of_what_came_in()
    {
        Tensor[] inputs = [Tensor.Randn(8, 32), Tensor.Randn(8, 32), Tensor.Randn(8),
            Tensor.Ones(8)];
        Tensor Chain(Tensor[] x) => Enumerable.Range(0, 20).Aggregate(x[0],
            (g, _) => new LayerNormBackwardOp(1, false).Apply(g, x[1], x[2], x[3]));
        var graph = Traces.Of(Chain, inputs);
        var plan = Planner.Build(graph);
        // What is not a result are the inputs, in lines of 64 bytes.
        Assert.Equal(((2 * 1024) + (2 * 64), 1024), (plan.Memory.Bytes, plan.Memory.ResultBytes));
        Assert.Equal(Chain(inputs).ToArray<float>(), graph.Replay(inputs));
    }

    [Fact]
    public void A_value_that_is_read_later_keeps_its_buffer()
    {
        var graph = Traces.Of(x =>
        {
            var first = x[0].Exp();
            var other = first.Softmax(0).Softmax(0).Exp().Softmax(0);
            return other - first;
        }, Tensor.Randn(256));
        NeverOverlaps(graph);
        var x = Tensor.Randn(256);
        var y = x.Exp();
        Assert.Equal((y.Softmax(0).Softmax(0).Exp().Softmax(0) - y).ToArray<float>(),
            graph.Replay(x));
    }

    [Fact]
    public void A_view_keeps_the_buffer_it_looks_into()
    {
        var graph = Traces.Of(x =>
        {
            var view = x[0].Softmax(1).Transpose();
            var other = x[0].Exp().Softmax(1).Softmax(1);
            return view.MatMul(other);
        }, Tensor.Randn(16, 16));
        var x = Tensor.Randn(16, 16);
        Assert.Equal(x.Softmax(1).Transpose().MatMul(x.Exp().Softmax(1).Softmax(1))
            .ToArray<float>(), graph.Replay(x));
    }

    [Fact]
    public void An_input_that_is_a_result_is_kept()
    {
        var graph = Capture.Trace(x => [x[0].Softmax(1), x[0], x[0].Exp().Transpose()],
            Tensor.Zeros(8, 8));
        var arena = new Arena();
        var plan = Planner.Build(graph, arena);
        var x = Tensor.Randn(8, 8);
        plan.Run([x], null);
        arena.Memory?.Release("the test");
        Assert.Equal(x.ToArray<float>(), plan.Outputs[1].ToArray<float>());
        Assert.Equal(x.Exp().Transpose().ToArray<float>(), plan.Outputs[2].ToArray<float>());
    }

    [Fact]
    public void Inputs_and_state_are_never_written_over()
    {
        var state = Tensor.Randn(64);
        var x = Tensor.Randn(64);
        var (a, b) = (state.ToArray<float>(), x.ToArray<float>());
        Traces.Of(v => (v[0].Exp() + state.Exp()).Exp(), x).Replay(x);
        Assert.Equal(a, state.ToArray<float>());
        Assert.Equal(b, x.ToArray<float>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void In_random_graphs_no_live_value_is_overwritten(int seed)
    {
        Tensor[] Step(Tensor[] x)
        {
            var random = new Random(seed);
            var values = new List<Tensor> { x[0] };
            for (var i = 0; i < 40; i++)
            {
                var a = values[random.Next(Math.Max(0, values.Count - 6), values.Count)];
                var b = values[random.Next(values.Count)];
                values.Add(random.Next(5) switch
                {
                    0 => a.Softmax(1),
                    1 => a + b,
                    2 => (a - b).Tanh(),
                    3 => a.MatMul(b.Softmax(0)),
                    _ => a * b.Sigmoid(),
                });
            }
            return [values[^1], values[20]];
        }
        var x = Tensor.Randn(8, 8);
        var graph = Capture.Trace(Step, x);
        NeverOverlaps(graph);
        var expected = Step([x]);
        var plan = Planner.Build(graph);
        for (var run = 0; run < 2; run++)
        {
            plan.Run([x], null);
            Assert.Equal(expected[0].ToArray<float>(), plan.Outputs[0].ToArray<float>());
            Assert.Equal(expected[1].ToArray<float>(), plan.Outputs[1].ToArray<float>());
        }
        Assert.InRange(plan.Bytes, 1, graph.Nodes.Count * 256 / 2);
    }

    /// <summary>In a graph without views, step i is node i: each of its inputs must lie where its
    /// producer wrote, and nobody may have written there since.</summary>
    private static unsafe void NeverOverlaps(Graph graph)
    {
        const int line = 64;
        var steps = Planner.Build(graph).Steps;
        Assert.Equal(graph.Nodes.Count, steps.Length);
        var writer = new Dictionary<nint, GraphNode>();
        for (var i = 0; i < steps.Length; i++)
        {
            var node = graph.Nodes[i];
            for (var k = 0; k < node.Inputs.Count; k++)
            {
                if (node.Inputs[k].Producer is { } producer)
                {
                    Assert.All(Lines(steps[i].Inputs[k]), at => Assert.Same(
                        producer, writer[at]));
                }
            }
            foreach (var y in steps[i].Outputs)
            {
                Lines(y).ForEach(at => writer[at] = node);
            }
        }

        static List<nint> Lines(Tensor x)
        {
            var lines = new List<nint>();
            for (nint at = 0; at < x.Count * x.DType.Size; at += line)
            {
                lines.Add((nint)x.Pointer + at);
            }
            return lines;
        }
    }
}
