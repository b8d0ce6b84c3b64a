using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class LinearTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("linear", x => x[0].Linear(x[1], x[2]), "F.linear(x0, x1, x2)",
            Inputs.Normal(3, 5), Inputs.Normal(4, 5), Inputs.Normal(4)),
        new OpCase("linear_3d", x => x[0].Linear(x[1]), "F.linear(x0, x1)",
            Inputs.Normal(2, 3, 5), Inputs.Normal(4, 5)),
    ];

    [Fact]
    public void Images_get_the_hint_to_flatten() => Assert.Contains("flatten first?",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(2, 28, 28).Linear(Tensor.Zeros(10, 784))).Message);

    [Fact]
    public void A_bias_of_another_size_is_refused() => Assert.Contains("bias of shape (10,)",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(2, 4).Linear(Tensor.Zeros(10, 4), Tensor.Zeros(9))).Message);
}
