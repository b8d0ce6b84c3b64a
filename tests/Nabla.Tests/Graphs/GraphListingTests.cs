using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class GraphListingTests
{
    [Fact]
    public void One_op_a_line_with_attributes_types_and_shapes()
    {
        var state = Tensor.From(1f, 2f, 3f);
        var graph = Traces.Of(x =>
        {
            var y = (x[0] * 2 + state).Softmax(1);
            state.Assign(y[0]);
            return y.Sum();
        }, Tensor.Randn(2, 3));
        Assert.Equal("""
            graph(input0: float32 (2, 3))
              %0: float32 (2, 3) = Mul(input0, 2)
              %1: float32 (2, 3) = Add(%0, state0)
              %2: float32 (2, 3) = Softmax(%1; Axis = 1)
              %3: float32 (3,) = Select(%2; Dim = 0, Index = 0)
              %4: float32 (1, 1) = SumTo(%2; Target = (1, 1))
              %5: float32 () = Reshape(%4; Target = ())
              assign state0: float32 (3,) = %3
              return %5

            """, graph.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_state_that_is_only_written_has_a_name_of_its_own()
    {
        var (read, written) = (Tensor.From(1f), Tensor.From(1f));
        var text = Traces.Of(x =>
        {
            written.Assign(x[0] + read);
            return x[0];
        }, Tensor.From(1f)).ToString();
        Assert.Contains("Add(input0, state0)", text);
        Assert.Contains("assign state1: float32 (1,) = %0", text);
    }

    [Fact]
    public void A_fused_chain_lists_its_ops() => Assert.Contains(
        "%0: float32 (2,) = fused[Exp Tanh](input0)",
        Compiler.Optimize(Traces.Of(x => x[0].Exp().Tanh(), Tensor.Randn(2))).ToString());
}
