using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class NonZeroTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("nonzero", x => x[0].NonZero(), "x0.nonzero()",
            Inputs.Values(new Shape(2, 3), 0, 1.5, 0, -2, 0, 3) with { HasGradient = false })
            .Also(Inputs.Values()) with
        {
            DTypes = [DType.Float32, DType.Float64, DType.Int64, DType.Bool],
            Differentiable = false,
            Capturable = false,
        },
        new OpCase("of a scalar", x => x[0].NonZero(), "x0.nonzero()",
            Inputs.Values(Shape.Scalar, 2)) { Differentiable = false, Capturable = false },
    ];

    [Fact]
    public void A_captured_step_breaks_where_values_decide_the_shape()
    {
        var step = new CapturedStep(x => [x[0][x[0] > 0].Sum()]);
        string? broken = null;
        step.OnBreak += reason => broken = reason;
        Assert.Equal(3, step.Run(Tensor.From(-1f, 1, 2))[0].Item());
        Assert.StartsWith("NonZero, or an index that is a mask, has as many results", broken);
    }
}
