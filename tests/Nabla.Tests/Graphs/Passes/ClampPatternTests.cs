using Nabla.Graphs.Passes;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class ClampPatternTests
{
    private const float Inf = float.PositiveInfinity;

    public static TheoryData<Func<Tensor, Tensor>, float, float> Cases => new()
    {
        { x => x.Relu(), 0, Inf },
        { x => new ReLU6().Call(x), 0, 6 },
        { x => x.Clamp(high: 3), -Inf, 3 },
        { x => x.Clamp(low: -2), -2, Inf },
        { x => x.Clamp(-2, 3), -2, 3 },
        { x => x.Clamp(3, -2), -2, -2 },
        { x => Tensor.Where(x > 3, 3, x), -Inf, 3 },
        { x => Tensor.Where(x < -2, -2, x), -2, Inf },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_limits_its_input_is_found(Func<Tensor, Tensor> function, float min, float max)
    {
        var graph = Traces.Of(x => function(x[0]), Tensor.Zeros(3));
        var pattern = ClampPattern.Match(graph.Nodes[^1]);
        Assert.Equal(new Limits(min, max), pattern!.Limits);
        Assert.Same(graph.Inputs[0], pattern.Source);
        Assert.Equal(graph.Nodes.Count - 1, pattern.Inner.Length);
    }

    public static TheoryData<Func<Tensor, Tensor>> Others => new()
    {
        x => x.Abs(),
        x => Tensor.Where(x > 1, 2, x),
        x => Tensor.Where(x > 1, 1, x.Abs()),
        x => Tensor.Where(x > -1, -1, x.Relu()),
        x => Tensor.Where(x < 1, 1, x.Relu()),
        x => Tensor.Where(x > x.Abs(), 1, x),
        x => x.Clamp(x.Abs(), 7),
        x => x.Clamp(0, x.Abs()),
        x => x.Clamp(float.NaN, 1),
        x => x.Clamp(0, float.NaN),
        x => x.Clamp(Tensor.Zeros(1, 1), 1),
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Nothing_else_is(Func<Tensor, Tensor> function) => Assert.Null(
        ClampPattern.Match(Traces.Of(x => function(x[0]), Tensor.Zeros(3)).Nodes[^1]));

    public static TheoryData<Func<Tensor, Tensor>, bool> Digits => new()
    {
        { x => x.Clamp(-0.5, 6), true },
        { x => x.Clamp(0.1, 6), false },
        { x => x.Clamp(0, 0.1), false },
        { x => x.Clamp(low: 0), true },
        { x => Tensor.Where(x > 0.1, 0.1, x), false },
        { x => Tensor.Where(x < 0.1, 0.1, x), false },
        { x => Tensor.Where(x >= 0.1, 0.1, x.Relu()), false },
        { x => Tensor.Where(x >= 0.5, 0.5, x.Relu()), true },
    };

    [Theory]
    [MemberData(nameof(Digits))]
    public void It_is_known_whether_float32_holds_the_limits(
        Func<Tensor, Tensor> function, bool isExact) =>
        Assert.Equal(isExact, ClampPattern.Match(Traces.Of(
            x => function(x[0]), Tensor.Zeros([3], DType.Float64)).Nodes[^1])!.IsExact);
}
