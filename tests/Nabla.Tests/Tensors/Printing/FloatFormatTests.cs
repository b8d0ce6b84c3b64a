using System.Globalization;
using Nabla.Tensors;

namespace Nabla.Tests.Tensors.Printing;

public class FloatFormatTests
{
    [Fact]
    public void Numbers_of_one_tensor_are_equally_wide()
    {
        double[] numbers = [1.5, -22, 0.125, double.NaN, double.NegativeInfinity];
        var format = new FloatFormat(numbers, Shortest);
        Assert.Equal(["  1.5  ", "-22.   ", "  0.125", "    nan", "   -inf"],
            numbers.Select(format.Format));
    }

    [Fact]
    public void A_wide_range_is_scientific()
    {
        var format = new FloatFormat([2000, 1.25], Shortest);
        Assert.Equal(["2.00e+03", "1.25e+00"], new[] { 2000, 1.25 }.Select(format.Format));
    }

    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(-2.5e-5, "-2.5e-05")]
    [InlineData(0.0001, "0.0001")]
    public void One_number_alone_keeps_all_its_digits(double number, string expected) =>
        Assert.Equal(expected, FloatFormat.Single(number, Shortest));

    private static string Shortest(double value) =>
        value.ToString("R", CultureInfo.InvariantCulture);
}
