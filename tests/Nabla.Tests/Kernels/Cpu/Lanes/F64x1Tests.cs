using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Lanes;

public class F64x1Tests
{
    [Fact]
    public void Every_operation_equals_plain_arithmetic() =>
        LanesCheck.Arithmetic<F64x1, double>(v => v, v => v);

    [Fact]
    public void Part_of_a_bundle_can_be_loaded_and_stored() => LanesCheck.Parts<F64x1>();

    [Theory]
    [InlineData(0.3)]
    [InlineData(-2)]
    [InlineData(double.NaN)]
    public void Functions_are_those_of_the_runtime(double x)
    {
        var a = new F64x1(x);
        var b = new F64x1(1.5);
        Assert.Equal(Math.Exp(x), F64x1.Exp(a).Value);
        Assert.Equal(Math.Log(x), F64x1.Log(a).Value);
        Assert.Equal(Math.Sin(x), F64x1.Sin(a).Value);
        Assert.Equal(Math.Cos(x), F64x1.Cos(a).Value);
        Assert.Equal(Math.Tanh(x), F64x1.Tanh(a).Value);
        Assert.Equal(Math.Pow(x, 1.5), F64x1.Pow(a, b).Value);
        Assert.Equal(Math.Atan2(x, 1.5), F64x1.Atan2(a, b).Value);
        Assert.Equal(DoubleMath.Expm1(x), F64x1.Expm1(a).Value);
        Assert.Equal(DoubleMath.Log1p(x), F64x1.Log1p(a).Value);
        Assert.Equal(DoubleMath.Sigmoid(x), F64x1.Sigmoid(a).Value);
        Assert.Equal(DoubleMath.Erf(x), F64x1.Erf(a).Value);
        Assert.Equal(DoubleMath.NormalCdf(x), F64x1.NormalCdf(a, out var bell).Value);
        Assert.Equal(Math.Exp(-0.5 * x * x), bell.Value);
        Assert.Equal(DoubleMath.Remainder(x, 1.5), F64x1.Remainder(a, b).Value);
    }
}
