using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class ParameterTests
{
    [Fact]
    public void A_parameter_is_a_leaf_that_requires_a_gradient()
    {
        var parameter = new Parameter(Tensor.From(1f, 2f));
        Assert.True(parameter.RequiresGrad);
        Assert.True(parameter.IsLeaf);
        AddOp.Instance.Apply(parameter, parameter).Backward(Tensor.From(1f, 10f));
        Assert.Equal([2f, 20f], parameter.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_parameter_can_be_frozen_from_the_start() =>
        Assert.False(new Parameter(Tensor.From(1f), requiresGrad: false).RequiresGrad);

    [Fact]
    public void Integers_cannot_be_learned()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => new Parameter(Tensor.From(1, 2)));
        Assert.Contains("only floating-point tensors have gradients", error.Message);
        Assert.False(new Parameter(Tensor.From(1, 2), requiresGrad: false).RequiresGrad);
    }

    [Fact]
    public void A_view_of_other_elements_is_copied()
    {
        var row = Tensor.From([1f, 2f], new Shape(1, 2));
        var parameter = new Parameter(new ExpandOp(new Shape(3, 2)).Apply(row));
        Assert.True(parameter.IsContiguous);
        Assert.Equal([1f, 2f, 1f, 2f, 1f, 2f], parameter.ToArray<float>());
    }

    [Fact]
    public void A_parameter_is_not_made_inside_a_captured_step()
    {
        var error = Assert.Throws<GraphBreakException>(() => Capture.Trace(
            x => [new Parameter(x[0])], Tensor.From(1f)));
        Assert.Contains("make modules before it", error.Message);
    }

    [Fact]
    public void A_deferred_parameter_gets_its_elements_later_and_stays_the_same_object()
    {
        var parameter = Parameter.Deferred(DType.Float64);
        Assert.True(parameter.IsDeferred);
        Assert.Equal(0, parameter.Count);
        parameter.Materialize(Tensor.From([1f, 2f], new Shape(2, 1)));
        Assert.False(parameter.IsDeferred);
        Assert.True(parameter.RequiresGrad);
        Assert.Equal(new Shape(2, 1), parameter.Shape);
        Assert.Equal([1d, 2d], parameter.ToArray<double>());
    }

    [Fact]
    public void A_parameter_with_a_shape_keeps_it()
    {
        var parameter = new Parameter(Tensor.From(1f, 2f));
        var error = Assert.Throws<InvalidOperationException>(
            () => parameter.Materialize(Tensor.From(1f)));
        Assert.Contains("has its shape (2,); use Assign", error.Message);
    }
}
