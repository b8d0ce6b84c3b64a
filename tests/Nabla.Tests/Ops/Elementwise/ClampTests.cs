using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class ClampTests : OpTests
{
    private const float NaN = float.NaN;
    private const float Inf = float.PositiveInfinity;

    private static readonly float[] Points = [-Inf, -2, -1, -0f, 0, 1, 2, Inf, NaN];

    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("clamp", x => x[0].Clamp(-1, 1), "torch.clamp(x0, -1, 1)", Inputs.Normal(3, 4))
        { DTypes = Types.Signed }.Elementwise(),
        new OpCase("clamp from below", x => x[0].Clamp(low: 0.5), "torch.clamp(x0, min=0.5)",
            Inputs.Normal(3, 4))
        { DTypes = Types.Signed },
        new OpCase("clamp from above", x => x[0].Clamp(high: 0.5), "torch.clamp(x0, max=0.5)",
            Inputs.Normal(3, 4))
        { DTypes = Types.Signed },
        new OpCase("clamp by whole numbers", x => x[0].Clamp(low: 1).Clamp(high: 3),
            "torch.clamp(torch.clamp(x0, min=1), max=3)", Inputs.Normal(3, 4))
        { DTypes = Types.Signed },
        new OpCase("clamp by tensors", x => x[0].Clamp(x[1], x[2]),
            "torch.minimum(torch.maximum(x0, x1), x2)",
            Inputs.Normal(3, 4), Inputs.Uniform(-2, 0, 3, 4), Inputs.Uniform(0, 2, 3, 4))
            .Elementwise(),
        new OpCase("clamp from below by a tensor", x => x[0].Clamp(x[1]),
            "torch.clamp(x0, min=x1)", Inputs.Normal(3, 4), Inputs.Uniform(-1, 1, 4)),
        new OpCase("clamp from above by a tensor", x => x[0].Clamp(high: x[1]),
            "torch.clamp(x0, max=x1)", Inputs.Normal(3, 4), Inputs.Uniform(-1, 1, 3, 1)),
        new OpCase("clamp between crossed limits", x => x[0].Clamp(1, -1), "torch.clamp(x0, 1, -1)",
            Inputs.Normal(3, 4)),
        new OpCase("clamp between crossed tensors", x => x[0].Clamp(x[1], x[2]),
            "torch.clamp(x0, x1, x2)",
            Inputs.Normal(5, 7), Inputs.Uniform(-2, 2, 5, 7), Inputs.Uniform(-2, 2, 5, 7)),
        new OpCase("clamp of special values", x => x[0].Clamp(-1, 1), "torch.clamp(x0, -1, 1)",
            Special.Values),
        new OpCase("clamp of special values from below", x => x[0].Clamp(low: 0.5),
            "torch.clamp(x0, min=0.5)", Special.Values),
        new OpCase("clamp of special values from above", x => x[0].Clamp(high: 0.5),
            "torch.clamp(x0, max=0.5)", Special.Values),
        new OpCase("clamp by special values", x => x[0].Clamp(x[1], x[2]),
            "torch.clamp(x0, x1, x2)", Special.Values,
            Inputs.Values(new Shape(6, 1),
                double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, 1, -1).Constant(),
            Inputs.Values(new Shape(6, 1, 1),
                double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, 1, -1).Constant()),
    ];

    public static TheoryData<float?, float?, float[]> Passing => new()
    {
        { -1, 1, [0, 0, 1, 1, 1, 1, 0, 0, 0] },
        { -1, null, [0, 0, 1, 1, 1, 1, 1, 1, 0] },
        { null, 1, [1, 1, 1, 1, 1, 1, 0, 0, 0] },
        { 0, 0, [0, 0, 0, 1, 1, 0, 0, 0, 0] },
        { 1, -1, [0, 0, 0, 0, 0, 0, 0, 0, 0] },
        { NaN, 1, [0, 0, 0, 0, 0, 0, 0, 0, 0] },
        { -1, NaN, [0, 0, 0, 0, 0, 0, 0, 0, 0] },
    };

    /// <summary>As in PyTorch; −∞ passes where there is no lower limit.</summary>
    [Theory, MemberData(nameof(Passing))]
    public void Between_the_limits_and_at_them_the_gradient_passes(
        float? low, float? high, float[] slope)
    {
        foreach (var type in new[] { DType.Float32, DType.Float64 })
        {
            var x = Tensor.From(Points).To(type).Detach();
            x.RequiresGrad = true;
            var y = x.Clamp(low is { } a ? a : null, high is { } b ? b : null);
            y.Backward(Tensor.OnesLike(y));
            Assert.Equal(slope.Select(v => (double)v), x.Grad!.Numbers());
        }
    }

    /// <summary>PyTorch's: of equal limits, and of crossed ones, the lower gets none.</summary>
    [Fact]
    public void What_does_not_pass_goes_to_the_limit_that_won()
    {
        var x = Leaf(-2, 0, 1, 2, -2, 1, 2, -2, 0.5f, 2, NaN);
        var low = Leaf(-1, -1, -1, -1, 1, 1, 1, 1, 1, 1, -1);
        var high = Leaf(1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1);
        x.Clamp(low, high).Sum().Backward();
        Assert.Equal([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0], x.Grad!.ToArray<float>());
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], low.Grad!.ToArray<float>());
        Assert.Equal([0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0], high.Grad!.ToArray<float>());

        static Tensor Leaf(params float[] numbers)
        {
            var leaf = Tensor.From(numbers);
            leaf.RequiresGrad = true;
            return leaf;
        }
    }

    /// <summary>As in PyTorch: x is below it.</summary>
    [Fact]
    public void An_infinite_lower_limit_without_an_upper_one_gets_its_gradient()
    {
        var (x, low) = (Tensor.From(1f, 2f), Tensor.From(float.PositiveInfinity, 1f));
        x.RequiresGrad = low.RequiresGrad = true;
        x.Clamp(low).Sum().Backward();
        Assert.Equal([1, 0], low.Grad!.Numbers());
        Assert.Equal([0, 1], x.Grad!.Numbers());
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Of_zeros_that_are_equal_the_value_stays(DType type)
    {
        var x = Tensor.From(-0.0, 0.0).To(type);
        Assert.Equal([true, false], Signs(x.Clamp(0, 5)));
        Assert.Equal([true, false], Signs(x.Clamp(-5, -0.0)));

        static bool[] Signs(Tensor y) => Array.ConvertAll(y.Numbers(), double.IsNegative);
    }

    [Fact]
    public void A_type_is_kept_by_limits_that_it_holds()
    {
        foreach (var type in new[] { DType.Float16, DType.BFloat16, DType.Int32, DType.UInt8 })
        {
            var x = Tensor.From(0f, 3f, 9f).To(type);
            foreach (var (y, expected) in new[]
            {
                (x.Clamp(1, 4), new double[] { 1, 3, 4 }),
                (x.Clamp(low: 1), [1, 3, 9]),
                (x.Clamp(high: 4), [0, 3, 4]),
            })
            {
                Assert.Equal(type, y.DType);
                Assert.Equal(expected, y.Numbers());
            }
        }
        Assert.Equal(DType.Float32, Tensor.From(1L, 2L).Clamp(low: 1.5).DType);
        Assert.Equal([1.5, 2], Tensor.From(1L, 2L).Clamp(low: 1.5).Numbers());
    }

    /// <summary>Enough for several tiles and threads, of a length that ends within one.</summary>
    [Fact]
    public void Long_and_transposed_tensors_are_the_plain_formula()
    {
        var x = Tensor.Randn(257, 301);
        foreach (var input in new[] { x, x.Permute(1, 0), x[.., 3..^2], x[1..].Flip(1) })
        {
            var leaf = input.Detach();
            leaf.RequiresGrad = true;
            var y = leaf.Clamp(-0.75, 0.5);
            y.Backward(y.Detach() + 2);
            var numbers = input.ToArray<float>();
            Assert.Equal(Array.ConvertAll(numbers, v => Math.Clamp(v, -0.75f, 0.5f)),
                y.ToArray<float>());
            Assert.Equal(
                Array.ConvertAll(numbers, v => v is >= -0.75f and <= 0.5f ? v + 2 : 0),
                leaf.Grad!.ToArray<float>());
        }
    }

    [Fact]
    public void Captured_it_has_the_eager_bits() =>
        Slopes.HaveTheirBitsInGraphs(x => x.Clamp(-1.25, 0.75));

    [Fact]
    public void A_limit_is_needed()
    {
        Fails("Clamp: needs a lower limit, an upper limit, or both", () => Tensor.Ones(2).Clamp());

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
