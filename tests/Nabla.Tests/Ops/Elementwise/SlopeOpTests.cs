using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

/// <summary>What functions whose slope is one pass have in common.</summary>
public class SlopeOpTests
{
    private const int Replays = 6;

    private static readonly SortedDictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["gelu"] = x => x.Gelu(),
        ["gelu by tanh"] = x => x.Gelu("tanh"),
        ["silu"] = x => x.Silu(),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Values_and_slopes_have_the_digits_of_float32(string name)
    {
        var numbers = Enumerable.Range(0, 6001).Select(i => (i - 3000) / 128.0).ToArray();
        var shape = new Shape(numbers.Length);
        var (y, slope) = Differentiate(name, Numeric.Make(numbers, shape, DType.Float32));
        var (y64, slope64) = Differentiate(name, Numeric.Make(numbers, shape, DType.Float64));
        Assert.Null(Numeric.Difference(y.Numbers(), y64.Numbers(), 4e-7));
        Assert.Null(Numeric.Difference(slope.Numbers(), slope64.Numbers(), 2e-6));
    }

    [Theory, MemberData(nameof(Names))]
    public void Slopes_far_out_are_those_of_the_lines_that_the_function_nears(string name)
    {
        var (_, slope) = Differentiate(name, Tensor.From(-1e30f, -2000f, 2000f, 1e30f));
        Assert.Null(Numeric.Difference(slope.Numbers(), [0, 0, 1, 1], 0));
    }

    [Theory, MemberData(nameof(Names))]
    public void Captured_they_have_the_eager_bits(string name)
    {
        var x = Tensor.Randn(3, 41);
        var (y, slope) = Chain(x);
        var step = new CapturedStep(a =>
        {
            var (value, gradient) = Chain(a[0]);
            return [value, gradient];
        });
        for (var replay = 0; replay < Replays; replay++)
        {
            var captured = step.Run(x);
            Assert.True(step.WasCaptured);
            Assert.Equal(y.ToArray<float>(), captured[0].ToArray<float>());
            Assert.Equal(slope.ToArray<float>(), captured[1].ToArray<float>());
        }

        (Tensor Value, Tensor Slope) Chain(Tensor a)
        {
            var (value, gradient) = Differentiate(name, a * 3);
            return (value.Abs(), gradient * value);
        }
    }

    private static (Tensor Value, Tensor Slope) Differentiate(string name, Tensor x)
    {
        var leaf = x.Detach();
        leaf.RequiresGrad = true;
        var y = Functions[name](leaf);
        return (y.Detach(), Tensor.Gradients([y], [leaf], [Tensor.OnesLike(y)])[0]!);
    }
}
