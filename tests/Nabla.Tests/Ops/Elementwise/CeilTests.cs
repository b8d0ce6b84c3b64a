using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class CeilTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("ceil", x => x[0].Ceil(), "torch.ceil(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("ceil at its edges", x => x[0].Ceil(), "torch.ceil(x0)", Special.Halves),
    ];

    [Theory]
    [InlineData(DType.Int64)]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Bool)]
    public void Whole_numbers_stay(DType type)
    {
        var x = Tensor.From<double>(0, 1, 7).To(type);
        var y = x.Ceil();
        Assert.Equal(type, y.DType);
        Assert.Equal(x.Numbers(), y.Numbers());
    }
}
