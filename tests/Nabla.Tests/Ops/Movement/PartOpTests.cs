using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class PartOpTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("a part and its gradient's gradient",
            x => x[0].Slice(0, 1.., 2).Diagonal(0, 1, 2).Select(0, 0).Square(),
            "torch.diagonal(x0[1::2], 0, 1, 2)[0].square()", Inputs.Normal(4, 3, 2)),
    ];

    [Fact]
    public void A_gradient_lies_where_the_part_lay()
    {
        var y = new EmbedOp(new SliceOp(1, 1, 2, 2), new Shape(2, 4)).Apply(
            Tensor.From(new[,] { { 1, 2 }, { 3, 4 } }).T);
        Assert.Equal([0, 1, 0, 3, 0, 2, 0, 4], y.ToArray<int>());
    }
}
