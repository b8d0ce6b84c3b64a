using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class TakeTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("take", x => x[0].Take(x[1]), "x0.take(x1)",
            Inputs.Normal(3, 4), Inputs.Integers(-12, 12, 2, 3)),
    ];

    [Fact]
    public void Wrong_indices_are_named()
    {
        Throws("indexing: index 4 (element 0 of the indices) leaves a dimension of 4 elements",
            () => Tensor.Zeros(2, 2).Take(Tensor.From(4L)));
        Throws("Take: indices are integers, got float32",
            () => Tensor.Zeros(2, 2).Take(Tensor.Zeros(2)));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
