using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class EinsumTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        Case("ij,jk->ik", Inputs.Normal(3, 4), Inputs.Normal(4, 5)),
        Case("bij,bjk->bik", Inputs.Normal(2, 3, 4), Inputs.Normal(2, 4, 5)),
        Case("i,j->ij", Inputs.Normal(3), Inputs.Normal(4)),
        Case("ij,ij->", Inputs.Normal(3, 4), Inputs.Normal(3, 4)),
        Case("...ij,...jk", Inputs.Normal(2, 3, 4), Inputs.Normal(4, 5)),
        Case("bhqd,bhkd->bhqk", Inputs.Normal(2, 2, 3, 4), Inputs.Normal(2, 2, 5, 4)),
        Case("ik,jkl,il->ij", Inputs.Normal(2, 3), Inputs.Normal(4, 3, 5), Inputs.Normal(2, 5)),
        Case("ii->i", Inputs.Normal(3, 3)),
        Case("ii", Inputs.Normal(3, 3)),
        Case("...ij->...ji", Inputs.Normal(2, 3, 4)),
        Case("ba", Inputs.Normal(2, 3)),
        Case("iij->j", Inputs.Normal(3, 3, 2)),
        Case("ij,kj->", Inputs.Normal(2, 3), Inputs.Normal(4, 3)),
        Case("ij,ij->ij", Inputs.Normal(1, 4), Inputs.Normal(3, 4)),
    ];

    [Theory]
    [InlineData("ij,jk->ik", "in \"ij,jk->ik\" the left side is for 2 operands, but 1 were given")]
    [InlineData("ijk->i", "'ijk' does not fit operand 0 of shape (2, 3)")]
    [InlineData("i->i", "'i' does not fit operand 0 of shape (2, 3)")]
    [InlineData("ii->i", "'i' is 2 long before operand 0, and 3 there")]
    [InlineData("ij->ik", "the output's 'k' is in no operand")]
    [InlineData("ij->ii", "the output has 'i' twice")]
    [InlineData("i1->i", "'1' is no label")]
    public void A_wrong_equation_is_explained(string equation, string part) => Assert.Contains(part,
        Assert.Throws<ArgumentException>(
            () => Tensor.Einsum(equation, Tensor.Zeros(2, 3))).Message);

    private static OpCase Case(string equation, params Input[] inputs) => new(equation,
        x => Tensor.Einsum(equation, x),
        $"torch.einsum('{equation}', {string.Join(", ", inputs.Select((_, i) => $"x{i}"))})",
        inputs);
}
