using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class TruncTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("trunc", x => x[0].Trunc(), "torch.trunc(x0)", Inputs.Normal(3, 4))
            .Elementwise(),
        new OpCase("trunc at its edges", x => x[0].Trunc(), "torch.trunc(x0)", Special.Halves),
    ];

    [Theory]
    [InlineData(DType.Int64)]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Bool)]
    public void Whole_numbers_stay(DType type)
    {
        var x = Tensor.From<double>(0, 1, 7).To(type);
        var y = x.Trunc();
        Assert.Equal(type, y.DType);
        Assert.Equal(x.Numbers(), y.Numbers());
    }
}
