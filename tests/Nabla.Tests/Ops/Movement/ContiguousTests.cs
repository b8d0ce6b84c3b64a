using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class ContiguousTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("contiguous", x => x[0].Transpose().Contiguous(), "x0.T.contiguous()",
            Inputs.Normal(2, 3)),
        new OpCase("clone", x => x[0].Clone(), "x0.clone()", Inputs.Normal(2, 3)),
    ];

    [Fact]
    public void A_contiguous_tensor_stays_itself_but_a_clone_is_another()
    {
        var x = Tensor.From(1, 2, 3);
        Assert.Same(x, x.Contiguous());
        var clone = x.Clone();
        clone[0] = 5;
        Assert.Equal([1, 2, 3], x.ToArray<int>());
        Assert.True(Tensor.Zeros(2, 3).T.Contiguous().IsContiguous);
    }
}
