using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class AllTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("all of all", x => x[0].All(), "torch.all(x0)",
            Inputs.Values([2, 3], 0, 1, 0, 2, -1, 0.5))
        { DTypes = [.. Types.Signed, DType.Bool], Differentiable = false },
        new OpCase("all over the first", x => x[0].All(0), "torch.all(x0, 0)",
            Inputs.Values([2, 3], 0, 1, 0, 2, -1, 0.5))
        { DTypes = [.. Types.Signed, DType.Bool], Differentiable = false },
        new OpCase("all over the last, kept", x => x[0].All(-1, keepDim: true),
            "torch.all(x0, -1, keepdim=True)", Inputs.Values([2, 3], 0, 1, 0, 2, -1, 0.5))
        { DTypes = [.. Types.Signed, DType.Bool], Differentiable = false },
        new OpCase("all of nothing", x => x[0].All(1), "torch.all(x0, 1)", Inputs.Normal(2, 0))
        { DTypes = [DType.Bool], Differentiable = false },
    ];

    [Fact]
    public void Several_dimensions_fold_at_once()
    {
        var x = Tensor.From(new float[,] { { 1, 0 }, { 1, 2 } });
        Assert.False(x.All([0, 1]).IsTrue());
        Assert.Equal(new Shape(1, 1), x.All([0, 1], keepDim: true).Shape);
    }

    [Fact]
    public void What_is_no_number_counts_as_true() =>
        Assert.True(Tensor.From(float.NaN).All().IsTrue());
}
