using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>Expected values: mpmath with 50 digits.</summary>
public class DoubleMathTests
{
    [Theory]
    [InlineData(1e-20, 1.1283791670955125e-20)]
    [InlineData(1e-5, 1.1283791670579e-5)]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(-0.5, -0.5204998778130465)]
    [InlineData(1.0, 0.8427007929497149)]
    [InlineData(2.0, 0.9953222650189527)]
    [InlineData(2.9999, 0.9999778955735178)]
    [InlineData(3.0, 0.9999779095030014)]
    [InlineData(3.5, 0.9999992569016276)]
    [InlineData(5.0, 0.9999999999984626)]
    public void Erf_is_right_to_15_digits(double x, double expected) =>
        Assert.InRange(DoubleMath.Erf(x) / expected, 1 - 1e-15, 1 + 1e-15);

    [Theory]
    [InlineData(-20, 2.7536241186062337e-89)]
    [InlineData(-6, 9.8658764503769814e-10)]
    [InlineData(-3, 0.0013498980316300945)]
    [InlineData(-2.2, 0.013903447513498604)]
    [InlineData(-2.1, 0.017864420562816553)]
    [InlineData(-1, 0.15865525393145705)]
    [InlineData(-0.3, 0.38208857781104737)]
    [InlineData(0, 0.5)]
    [InlineData(2, 0.97724986805182079)]
    [InlineData(5, 0.99999971334842812)]
    public void NormalCdf_is_right_to_13_digits(double x, double expected) =>
        Assert.InRange(DoubleMath.NormalCdf(x) / expected, 1 - 5e-14, 1 + 5e-14);

    [Theory]
    [InlineData(1e-20, 1e-20)]
    [InlineData(-1e-9, -9.999999995e-10)]
    [InlineData(0.0001, 0.00010000500016667084)]
    [InlineData(-0.3, -0.2591817793182821)]
    [InlineData(0.7, 1.0137527074704764)]
    [InlineData(1.5, 3.481689070338065)]
    [InlineData(-5.0, -0.9932620530009145)]
    [InlineData(50.0, 5.184705528587072e+21)]
    public void Expm1_is_right_to_15_digits(double x, double expected) =>
        Assert.InRange(DoubleMath.Expm1(x) / expected, 1 - 1e-15, 1 + 1e-15);

    [Theory]
    [InlineData(1e-20, 1e-20)]
    [InlineData(-1e-9, -1.0000000005000001e-9)]
    [InlineData(0.0001, 9.999500033330834e-5)]
    [InlineData(-0.3, -0.35667494393873234)]
    [InlineData(0.7, 0.5306282510621704)]
    [InlineData(1.5, 0.9162907318741551)]
    [InlineData(-0.999, -6.907755278982136)]
    [InlineData(10000000000.0, 23.025850930040455)]
    public void Log1p_is_right_to_15_digits(double x, double expected) =>
        Assert.InRange(DoubleMath.Log1p(x) / expected, 1 - 1e-15, 1 + 1e-15);

    [Theory]
    [InlineData(-745.2, 0)]
    [InlineData(800, 1)]
    [InlineData(0, 0.5)]
    public void The_sigmoid_saturates_without_overflow(double x, double expected) =>
        Assert.Equal(expected, DoubleMath.Sigmoid(x), 1e-300);

    [Theory]
    [InlineData(7, 3, 1)]
    [InlineData(-7, 3, 2)]
    [InlineData(7, -3, -2)]
    [InlineData(-7, -3, -1)]
    [InlineData(1, 0, double.NaN)]
    public void A_remainder_has_the_divisors_sign(double a, double b, double expected) =>
        Assert.Equal(expected, DoubleMath.Remainder(a, b));

    [Fact]
    public void Special_values_pass_through()
    {
        Assert.Equal(-1, DoubleMath.Expm1(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, DoubleMath.Expm1(double.PositiveInfinity));
        Assert.Equal(double.NegativeInfinity, DoubleMath.Log1p(-1));
        Assert.Equal(double.PositiveInfinity, DoubleMath.Log1p(double.PositiveInfinity));
        Assert.Equal(1, DoubleMath.Erf(double.PositiveInfinity));
        Assert.True(double.IsNaN(DoubleMath.Erf(double.NaN)));
        Assert.True(double.IsNegative(DoubleMath.Erf(-0.0)));
        Assert.Equal(0, DoubleMath.NormalCdf(double.NegativeInfinity));
        Assert.Equal(1, DoubleMath.NormalCdf(double.PositiveInfinity));
        Assert.True(double.IsNaN(DoubleMath.NormalCdf(double.NaN)));
    }
}
