using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class RoundTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("round", x => x[0].Round(), "torch.round(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("round at its edges", x => x[0].Round(), "torch.round(x0)", Special.Halves),
    ];

    [Theory]
    [InlineData(DType.Int64)]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Bool)]
    public void Whole_numbers_stay(DType type)
    {
        var x = Tensor.From<double>(0, 1, 7).To(type);
        var y = x.Round();
        Assert.Equal(type, y.DType);
        Assert.Equal(x.Numbers(), y.Numbers());
    }
}
