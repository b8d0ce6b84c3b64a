using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class MeshGridTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("meshgrid", x => Tensor.MeshGrid(x[0], x[1], x[2]),
            "torch.meshgrid(x0, x1, x2, indexing='ij')",
            Inputs.Normal(2), Inputs.Normal(3), Inputs.Normal()),
    ];

    [Fact]
    public void Matrices_are_refused() => Throws(
        "MeshGrid: expects vectors but got (2, 2); flatten first?",
        () => Tensor.MeshGrid(Tensor.Zeros(2, 2)));

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
