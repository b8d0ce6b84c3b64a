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
}
