using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class CoshTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("cosh", x => x[0].Cosh(), "torch.cosh(x0)", Inputs.Normal(3, 4)).Elementwise(),
        new OpCase("cosh of large numbers", x => x[0].Cosh(), "torch.cosh(x0)",
            Inputs.Values(-89.4, -88.8, -88, -87.5, -43.5, -17, -1, 1, 9.25, 44, 87, 88.5, 89.4)
                .Constant()),
        new OpCase("cosh of numbers that overflow", x => x[0].Cosh(), "torch.cosh(x0)",
            Inputs.Values(-1e30, -711, 711, 1e30).Constant()),
        new OpCase("cosh of special values", x => x[0].Cosh(), "torch.cosh(x0)", Special.Values),
        new OpCase("cosh of whole numbers", x => x[0].Cosh(), "torch.cosh(x0)", Inputs.Normal(3, 4))
        { DTypes = [DType.Int64] },
    ];

    [Fact]
    public void Values_and_slopes_have_the_digits_of_float32() =>
        Slopes.HaveTheDigitsOfFloat32(x => x.Cosh());

    [Fact]
    public void Captured_it_has_the_eager_bits() => Slopes.HaveTheirBitsInGraphs(x => x.Cosh());
}
