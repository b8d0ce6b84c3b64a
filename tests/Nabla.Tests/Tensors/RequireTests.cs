using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class RequireTests
{
    [Fact]
    public void Settings_within_their_limits_pass()
    {
        Require.AtLeast("Op", 3, 3);
        Require.NotNegative("Op", 0);
        Require.Finite("Op", -1e300);
        Require.Share("Op", 0);
        Require.Share("Op", 1);
    }

    [Fact]
    public void A_count_that_is_too_small_is_named_with_its_limit()
    {
        var channels = -2;
        Throws("Op: channels must be at least 1, got -2", "channels",
            () => Require.AtLeast("Op", channels, 1));
    }

    [Theory]
    [InlineData(-1, "-1")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void A_number_below_0_or_beyond_all_is_named(double epsilon, string shown) =>
        Throws($"Op: epsilon must be a number from 0 up, got {shown}", "epsilon",
            () => Require.NotNegative("Op", epsilon));

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_that_is_not_finite_is_named(double mean, string shown) =>
        Throws($"Op: mean must be a finite number, got {shown}", "mean",
            () => Require.Finite("Op", mean));

    [Theory]
    [InlineData(-0.5, "-0.5")]
    [InlineData(1.5, "1.5")]
    [InlineData(double.NaN, "NaN")]
    public void A_share_beyond_0_and_1_is_named(double p, string shown) =>
        Throws($"Op: p must lie in [0, 1], got {shown}", "p", () => Require.Share("Op", p));

    private static void Throws(string message, string name, Action action)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(action);
        Assert.StartsWith(message, error.Message);
        Assert.Equal(name, error.ParamName);
    }
}
