using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class ElementwiseTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("a chain", x => ((x[0] * 2 + x[1]).Tanh() - 0.5).Exp(),
            "torch.exp(torch.tanh(x0 * 2 + x1) - 0.5)", Inputs.Normal(3, 4), Inputs.Normal(3, 4))
            .Elementwise(),
    ];

    [Fact]
    public void A_number_is_converted_before_it_is_rounded()
    {
        // 0.1 in float32 and then in float64 would be another number.
        var x = Tensor.From(0.0) + 0.1;
        Assert.Equal(0.1, x.Item<double>());
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void Sixteen_bit_floats_stay_sixteen_bit_floats(DType type)
    {
        var x = Tensor.From(1f, 2f).To(type);
        Assert.Equal(type, (x * x + 1.5).Exp().DType);
        Assert.Equal(DType.Bool, (x > 1).DType);
    }

    [Fact]
    public void A_number_of_csharp_cannot_be_changed_in_place()
    {
        Tensor x = 3;
        var error = Assert.Throws<InvalidOperationException>(() => x += Tensor.Ones(2));
        Assert.Contains("+=: the left side is a C# number and cannot change; start from a tensor",
            error.Message);
    }
}
