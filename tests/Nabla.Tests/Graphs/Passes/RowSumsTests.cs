using Nabla.Autograd.Arithmetic;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class RowSumsTests
{
    private readonly Tensor _rows = Tensor.Randn(12, 7);
    private readonly Tensor _weight = Tensor.Randn(7, 32);
    private readonly Shape _three = new(3, 32);

    [Fact]
    public void A_product_that_is_only_summed_is_found_beside_the_rest()
    {
        var parts = Parts(x => [SumToOp.Of(
            (x[0].Exp() + _rows.MatMul(_weight)).Reshape(4, 3, 32), _three)]);
        Assert.Equal("MatMul", Assert.Single(parts!.Products).Op.Name);
        Assert.Equal("Exp", Assert.Single(parts.Rest).Producer!.Op.Name);
        Assert.Equal(new RowPick(null, 3), parts.Pick);
        Assert.Equal(new Shape(4, 3, 32), parts.Source.Spec.Shape);
    }

    [Fact]
    public void A_product_that_somebody_reads_is_no_part()
    {
        Assert.Null(Parts(x =>
        {
            var sum = x[0] + _rows.MatMul(_weight);
            return [SumToOp.Of(sum.Reshape(4, 3, 32), _three), sum.Exp()];
        }));
        Assert.Null(Parts(x =>
        {
            var product = _rows.MatMul(_weight);
            return [SumToOp.Of(product.Reshape(4, 3, 32), _three), product];
        }));
        Assert.Null(Parts(x =>
        {
            var product = _rows.MatMul(_weight);
            return [SumToOp.Of(product.Reshape(4, 3, 32), _three), product + x[0][0]];
        }));
    }

    [Fact]
    public void What_is_not_worth_it_has_no_parts()
    {
        Assert.Null(Parts(x => [SumToOp.Of(
            _rows.MatMul(_weight[.., 1..]), new Shape(31))]));
        Assert.False(RowSums.IsWorth(11, 6));
        Assert.True(RowSums.IsWorth(12, 6));
    }

    [Fact]
    public void A_sum_of_a_sum_with_another_shape_is_followed()
    {
        var parts = Parts(x => [SumToOp.Of(_rows.MatMul(_weight).Reshape(4, 3, 32)
            + x[0].Reshape(4, 3, 32), new Shape(1, 3, 32))]);
        Assert.Single(parts!.Products);
        Assert.Equal(new Shape(4, 3, 32), Assert.Single(parts.Rest).Spec.Shape);
    }

    /// <summary>The parts of what the graph's sum of rows adds up.</summary>
    private static RowSums.PartsOf? Parts(Func<Tensor[], Tensor[]> function)
    {
        var graph = Capture.Trace(function, Tensor.Ones(12, 32));
        return new RowSums(graph).Parts(graph.Nodes.First(n => n.Op is SumToOp));
    }
}
