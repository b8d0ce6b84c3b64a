using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class FloorTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("floor", x => x[0].Floor(), "torch.floor(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("floor at its edges", x => x[0].Floor(), "torch.floor(x0)", Special.Halves),
    ];

    [Theory]
    [InlineData(DType.Int64)]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Bool)]
    public void Whole_numbers_stay(DType type)
    {
        var x = Tensor.From<double>(0, 1, 7).To(type);
        var y = x.Floor();
        Assert.Equal(type, y.DType);
        Assert.Equal(x.Numbers(), y.Numbers());
    }
}
