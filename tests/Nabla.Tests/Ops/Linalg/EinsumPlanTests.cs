using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Linalg;

public class EinsumPlanTests
{
    [Theory]
    [InlineData("ij", "ij")]
    [InlineData("ji", "ij")]
    [InlineData("ii", "")]
    [InlineData(" i j -> j i ", "ji")]
    public void Without_an_arrow_the_output_has_what_occurs_once(string equation, string output) =>
        Assert.Equal(output, new EinsumPlan(equation, [Tensor.Zeros(3, 3)]).Output);

    [Fact]
    public void Dimensions_of_size_one_take_the_size_of_their_likes()
    {
        var plan = new EinsumPlan("ij,ij->ij", [Tensor.Zeros(1, 4), Tensor.Zeros(3, 4)]);
        Assert.Equal((3, 4), (plan.Sizes['i'], plan.Sizes['j']));
    }

    [Fact]
    public void A_label_that_occurs_thrice_is_the_diagonal_of_the_diagonal()
    {
        var x = Tensor.Arange(8).Reshape(2, 2, 2);
        var term = new EinsumPlan("iii->i", [x]).Term(0, x);
        Assert.Equal("i", term.Labels);
        Assert.Equal([0L, 7L], term.X.ToArray<long>());
    }
}
