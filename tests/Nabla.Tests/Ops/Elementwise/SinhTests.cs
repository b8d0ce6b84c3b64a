using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class SinhTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("sinh", x => x[0].Sinh(), "torch.sinh(x0)", Inputs.Normal(3, 4)).Elementwise(),
        new OpCase("sinh of large numbers", x => x[0].Sinh(), "torch.sinh(x0)",
            Inputs.Values(-89.4, -88.8, -88, -87.5, -43.5, -17, -1, 1, 9.25, 44, 87, 88.5, 89.4)
                .Constant()),
        new OpCase("sinh of numbers that overflow", x => x[0].Sinh(), "torch.sinh(x0)",
            Inputs.Values(-1e30, -711, 711, 1e30).Constant()),
        new OpCase("sinh of special values", x => x[0].Sinh(), "torch.sinh(x0)", Special.Values),
        new OpCase("sinh of whole numbers", x => x[0].Sinh(), "torch.sinh(x0)", Inputs.Normal(3, 4))
        { DTypes = [DType.Int64] },
    ];

    /// <summary>x + x³/6 + …; a difference of exponentials would be 0.</summary>
    [Fact]
    public void Near_zero_it_is_the_identity()
    {
        foreach (var number in new[] { 1e-30f, -1e-12f, 3e-5f, -2e-4f })
        {
            var y = Tensor.From(number).Sinh().ToArray<float>()[0];
            Assert.Equal(1, y / number, 1e-6);
        }
    }

    [Fact]
    public void The_smallest_numbers_are_their_own_sines()
    {
        foreach (var number in new[] { float.Epsilon, -3 * float.Epsilon, 1e-39f })
        {
            Assert.Equal(number, Tensor.From(number).Sinh().ToArray<float>()[0]);
        }
        Assert.Equal(double.Epsilon, Tensor.From(double.Epsilon).Sinh().ToArray<double>()[0]);
    }

    [Fact]
    public void Zero_keeps_its_sign()
    {
        Assert.True(float.IsNegative(Tensor.From(-0f).Sinh().ToArray<float>()[0]));
        Assert.False(double.IsNegative(Tensor.From(0d).Sinh().ToArray<double>()[0]));
    }

    [Fact]
    public void Values_and_slopes_have_the_digits_of_float32() =>
        Slopes.HaveTheDigitsOfFloat32(x => x.Sinh());

    [Fact]
    public void Captured_it_has_the_eager_bits() => Slopes.HaveTheirBitsInGraphs(x => x.Sinh());
}
