using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class MaskedSelectTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("masked_select", x => x[0].MaskedSelect(x[1]), "x0.masked_select(x1)",
            Inputs.Normal(3, 4), Inputs.Bools(3, 4)).Also(Inputs.Normal(3, 1), Inputs.Bools(4))
            with { Capturable = false },
    ];

    [Fact]
    public void Wrong_masks_are_named()
    {
        var x = Tensor.Zeros(2, 3);
        Throws("MaskedSelect: the mask must be bool, got float32; compare first, e.g. x > 0",
            () => x.MaskedSelect(x));
        Throws("MaskedSelect: the shapes (2, 3) and (2,) do not broadcast",
            () => x.MaskedSelect(Tensor.From(true, false)));
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
