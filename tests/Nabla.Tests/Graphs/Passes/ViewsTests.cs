using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class ViewsTests
{
    [Fact]
    public void Reshapes_are_looked_through_and_nothing_else()
    {
        var graph = Traces.Of(
            x => x[0].Exp().Reshape(2, 6).Reshape(12).Tanh(), Tensor.Ones(3, 4));
        var (exp, tanh) = (graph.Nodes[0].Outputs[0], graph.Nodes[^1]);
        Assert.Equal("Exp", exp.Producer!.Op.Name);
        Assert.Same(exp, Views.Unshaped(tanh.Inputs[0]));
        Assert.Same(exp, Views.Unshaped(exp));
        Assert.Same(tanh.Outputs[0], Views.Unshaped(tanh.Outputs[0]));
        Assert.Same(graph.Inputs[0], Views.Unshaped(graph.Inputs[0]));
    }

    [Fact]
    public void Results_and_inputs_are_dense_and_other_views_are_not()
    {
        var strided = Tensor.Ones(4, 3).Transpose();
        var graph = Traces.Of(
            x => x[0].Exp().Reshape(4, 3).Transpose() + strided + x[1], Tensor.Ones(3, 4),
            Tensor.Ones(4));
        GraphValue Operand(string name, int input) =>
            graph.Nodes.First(n => n.Op.Name == name).Inputs[input];
        Assert.True(Views.IsDense(graph.Inputs[0]));
        Assert.True(Views.IsDense(Operand("Permute", 0)));
        Assert.False(Views.IsDense(Operand("Add", 0)));
        Assert.False(Views.IsDense(Operand("Add", 1)));
        Assert.True(Views.IsDense(graph.Outputs[0]));
    }

    [Fact]
    public void A_row_is_as_long_as_the_last_dimension()
    {
        var graph = Traces.Of(x => x[0].Exp().Sum(), Tensor.Ones(3, 4));
        Assert.Equal(4, Views.Width(graph.Inputs[0]));
        Assert.Equal(1, Views.Width(graph.Outputs[0]));
    }
}
