using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Movement;

public class ReshapeTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("reshape", x => x[0].Reshape(6, -1), "x0.reshape(6, -1)", Inputs.Normal(3, 4)),
        new OpCase("flatten", x => x[0].Flatten(1), "x0.flatten(1)", Inputs.Normal(2, 3, 4)),
        new OpCase("unsqueeze", x => x[0].Unsqueeze(1).Squeeze(), "x0", Inputs.Normal(3, 4)),
        new OpCase("expand", x => x[0].Expand(2, -1, 4), "x0.expand(2, -1, 4)",
            Inputs.Normal(3, 1)),
        new OpCase("clone", x => x[0].Clone(), "x0.clone()", Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void Another_number_of_elements_is_refused() => Assert.Contains("do not divide",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(3, 4).Reshape(5, -1)).Message);
}
