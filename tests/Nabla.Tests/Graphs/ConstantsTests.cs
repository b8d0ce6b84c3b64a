using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class ConstantsTests
{
    [Fact]
    public void A_constant_stands_for_its_tensor()
    {
        var tensor = Tensor.From(1f, 2f);
        var value = Constants.Of(tensor);
        Assert.True(value.IsConstant);
        Assert.Same(tensor, value.External);
        Assert.Equal(new Shape(2), value.Spec.Shape);
    }

    [Fact]
    public void A_number_is_the_only_element_of_a_constant()
    {
        Assert.Equal(6, Constants.Number(Constants.Of(6)));
        Assert.Equal(0.5, Constants.Number(Constants.Of(Tensor.From(0.5f))));
        Assert.Null(Constants.Number(Constants.Of(Tensor.From(1f, 2f))));
        var graph = Traces.Of(x => x[0] + 1, Tensor.Zeros(1));
        Assert.Null(Constants.Number(graph.Inputs[0]));
        Assert.Null(Constants.Number(graph.Outputs[0]));
    }

    [Fact]
    public void The_product_of_constants_is_known()
    {
        var graph = Traces.Of(x => x[0] * (Tensor.From(2f, 3f) * Tensor.From(5f, 7f)),
            Tensor.Zeros(2));
        Assert.True(Constants.IsKnown(graph.Nodes[0].Outputs[0]));
        Assert.Equal([10f, 21], Constants.Compute(graph.Nodes[0].Outputs[0]).ToArray<float>());
        Assert.False(Constants.IsKnown(graph.Nodes[1].Outputs[0]));
        var constant = graph.Nodes[0].Inputs[0];
        Assert.True(Constants.IsKnown(constant));
        Assert.Same(constant.External, Constants.Compute(constant));
    }
}
