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
        Fails("-: a boolean tensor has no negative; use LogicalNot()",
            () => -Tensor.Ones(2).Bool());

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
