using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class CatTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("cat", x => Tensor.Cat(x, 1), "torch.cat([x0, x1], 1)",
            Inputs.Normal(2, 3), Inputs.Normal(2, 2))
            .Also(Inputs.Normal(2, 0, 2), Inputs.Normal(2, 1, 2))
            with { DTypes = [DType.Float32, DType.Float64, DType.Int32, DType.Bool] },
        new OpCase("cat along the last", x => Tensor.Cat(x, -1), "torch.cat([x0, x1, x2], -1)",
            Inputs.Normal(2, 1, 3), Inputs.Normal(2, 1, 1), Inputs.Normal(2, 1, 2)),
        new OpCase("cat of types", x => Tensor.Cat(x), "torch.cat([x0, x1])",
            Inputs.Integers(0, 9, 3), Inputs.Normal(2)),
        new OpCase("the same twice", x => Tensor.Cat([x[0], x[0]]), "torch.cat([x0, x0])",
            Inputs.Normal(2, 2)),
    ];

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("Cat needs at least one tensor", () => Tensor.Cat([]));
        Throws("Cat joins tensors along a dimension, but got one without",
            () => Tensor.Cat([Tensor.Scalar(1), Tensor.Scalar(2)]));
        Throws("Cat along dimension 0: input 1 has shape (2, 4), but input 0 has (2, 3); all other "
            + "sizes must be equal", () => Tensor.Cat([Tensor.Zeros(2, 3), Tensor.Zeros(2, 4)]));
        Throws("Cat along dimension 0: input 1 has shape (2,)",
            () => Tensor.Cat([Tensor.Zeros(2, 3), Tensor.Zeros(2)]));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
