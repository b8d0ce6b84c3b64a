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

    [Fact]
    public void A_wrong_equation_is_shown_with_what_is_wrong()
    {
        Fails("Einsum: in \"i?->i\" '?' is no label; labels are letters, and dots come in threes",
            () => Tensor.Einsum("i?->i", Tensor.Ones(2, 2)));
        Fails("Einsum: in \"i->i->i\" there is more than one arrow",
            () => Tensor.Einsum("i->i->i", Tensor.Ones(2)));
        Fails("Einsum: in \"i,j\" the left side is for 2 operands, but 1 were given",
            () => Tensor.Einsum("i,j", Tensor.Ones(2)));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
