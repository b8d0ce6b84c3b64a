using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class NegTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("neg", x => -x[0], "-x0", Inputs.Normal(3, 4))
        { DTypes = Types.Numbers }.Elementwise(),
        new OpCase("neg at its edges", x => -x[0], "-x0", Special.Values),
    ];

    [Fact]
    public void Booleans_have_no_negative()
    {
        var error = Assert.Throws<ArgumentException>(() => -Tensor.From(true, false));
        Assert.Contains("LogicalNot", error.Message);
    }
}
