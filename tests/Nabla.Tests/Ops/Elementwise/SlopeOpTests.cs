using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

/// <summary>What functions whose slope is one pass have in common.</summary>
public class SlopeOpTests
{
    private static readonly SortedDictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["gelu"] = x => x.Gelu(),
        ["gelu by tanh"] = x => x.Gelu("tanh"),
        ["silu"] = x => x.Silu(),
        ["log sigmoid"] = x => -(-x).LogSigmoid(),
        ["square"] = x => x.Square(),
        ["cube"] = x => x.Pow(3),
        ["sigmoid"] = x => x.Sigmoid(),
        ["sqrt"] = x => (x.Abs() + 1).Sqrt(),
        ["tanh"] = x => x.Tanh(),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Values_and_slopes_have_the_digits_of_float32(string name) =>
        Slopes.HaveTheDigitsOfFloat32(Functions[name]);

    [Theory, MemberData(nameof(Names))]
    public void Captured_they_have_the_eager_bits(string name) =>
        Slopes.HaveTheirBitsInGraphs(Functions[name]);

    [Theory, InlineData("gelu"), InlineData("gelu by tanh"), InlineData("silu")]
    public void Slopes_far_out_are_those_of_the_lines_that_the_function_nears(string name)
    {
        var (_, slope) = Slopes.Of(Functions[name], Tensor.From(-1e30f, -2000f, 2000f, 1e30f));
        Assert.Null(Numeric.Difference(slope.Numbers(), [0, 0, 1, 1], 0));
    }
}
