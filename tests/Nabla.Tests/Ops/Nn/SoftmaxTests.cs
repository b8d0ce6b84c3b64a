using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class SoftmaxTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("softmax", x => x[0].Softmax(), "torch.softmax(x0, -1)",
            Inputs.Normal(3, 5)).Also(Inputs.Normal(17)).Also(Inputs.Normal(0, 3)),
        new OpCase("softmax of inner dimensions", x => x[0].Softmax(1), "torch.softmax(x0, 1)",
            Inputs.Normal(2, 4, 3)),
    ];

    [Fact]
    public void Large_numbers_do_not_overflow() => Assert.Equal([0f, 0.5f, 0.5f],
        Tensor.From(-1e30f, 1e30f, 1e30f).Softmax().ToArray<float>());

    [Fact]
    public void Integers_become_float32() =>
        Assert.Equal([0.5f, 0.5f], Tensor.From(3, 3).Softmax().ToArray<float>());

    [Fact]
    public void A_dimension_must_exist() => Assert.Contains(
        "dimension 2 does not exist in shape (3,)",
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros(3).Softmax(2)).Message);
}
