using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

/// <summary>What holds for functions of one variable and their slopes.</summary>
internal static class Slopes
{
    /// <summary>Enough replays that emitted code has taken over from the interpreter.</summary>
    private const int Replays = 6;

    /// <summary>A function's values and its derivative.</summary>
    public static (Tensor Value, Tensor Slope) Of(Func<Tensor, Tensor> function, Tensor x)
    {
        var leaf = x.Detach();
        leaf.RequiresGrad = true;
        var y = function(leaf);
        return (y.Detach(), Tensor.Gradients([y], [leaf], [Tensor.OnesLike(y)])[0]!);
    }

    /// <summary>In float32 they are close to what they are in float64.</summary>
    public static void HaveTheDigitsOfFloat32(Func<Tensor, Tensor> function)
    {
        var numbers = Enumerable.Range(0, 6001).Select(i => (i - 3000) / 128.0).ToArray();
        var shape = new Shape(numbers.Length);
        var (y, slope) = Of(function, Numeric.Make(numbers, shape, DType.Float32));
        var (y64, slope64) = Of(function, Numeric.Make(numbers, shape, DType.Float64));
        Assert.Null(Numeric.Difference(y.Numbers(), y64.Numbers(), 4e-7));
        Assert.Null(Numeric.Difference(slope.Numbers(), slope64.Numbers(), 2e-6));
    }

    /// <summary>In a captured graph, interpreted or emitted, they have the eager bits.</summary>
    public static void HaveTheirBitsInGraphs(Func<Tensor, Tensor> function)
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
            var (value, gradient) = Of(function, a * 3);
            return (value.Abs(), gradient * value);
        }
    }
}
