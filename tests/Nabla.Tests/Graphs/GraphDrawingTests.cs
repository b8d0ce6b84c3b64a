using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class GraphDrawingTests
{
    private readonly Tensor _state = Tensor.From(1f);

    [Fact]
    public void Every_op_input_output_and_state_is_a_vertex_joined_by_arrows()
    {
        var dot = Traces.Of(x =>
        {
            _state.Assign(_state + x[0]);
            return (x[0] * 2).Exp();
        }, Tensor.From(1f)).ToDot();
        Assert.Equal("""
            digraph step {
              node [fontname="Helvetica"];
              "input0" [label="input0\n(1,)", shape=ellipse];
              "state0" [label="state0\n(1,)", shape=cylinder];
              "op0" [label="Add", shape=box];
              "state0" -> "op0" [label="(1,)"];
              "input0" -> "op0" [label="(1,)"];
              "op1" [label="Mul 2", shape=box];
              "input0" -> "op1" [label="(1,)"];
              "op2" [label="Exp", shape=box];
              "op1" -> "op2" [label="(1,)"];
              "output0" [label="output0", shape=ellipse];
              "op2" -> "output0" [label="(1,)"];
              "assign0" [label="state0 ←", shape=cylinder];
              "op0" -> "assign0" [label="(1,)"];
            }

            """, dot, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Every_line_is_a_statement_and_every_arrow_joins_known_vertices()
    {
        var x = Tensor.Randn(3, 4);
        var dot = Nabla.Graphs.Compiler.Optimize(
            Traces.Of(v => (v[0].Tanh() * 3).Softmax(1).Sum(), x)).ToDot();
        var lines = dot.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..^1];
        var vertices = lines.Where(l => l.Contains("shape=")).Select(l => l.Split('"')[1])
            .ToHashSet();
        Assert.All(lines, l => Assert.EndsWith("];", l));
        foreach (var arrow in lines.Where(l => l.Contains("->")))
        {
            var names = arrow.Split('"');
            Assert.Contains(names[1], vertices);
            Assert.Contains(names[3], vertices);
        }
    }
}
