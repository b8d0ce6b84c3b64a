using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Losses;

public class BCEWithLogitsLossTests : OpTests
{
    private static readonly BCEWithLogitsLoss s_weighted =
        new(positiveWeight: Tensor.From(3.0));

    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("BCEWithLogitsLoss",
            x => s_weighted.Call(x[0], x[1]),
            "torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor([3.], dtype=torch.float64))"
                + "(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Uniform(0, 1, 3, 4).Constant())
            { DTypes = [DType.Float64] },
    ];

    [Fact]
    public void Weights_have_PyTorchs_names() => Assert.Equal(["weight", "pos_weight"],
        new BCEWithLogitsLoss(Tensor.Ones(3), Tensor.Ones(3)).StateDict().Keys);

    [Fact]
    public void Shapes_must_be_equal() => Assert.Contains("(2,) and (2, 1)",
        Assert.Throws<ArgumentException>(
            () => new BCEWithLogitsLoss().Call(Tensor.Zeros(2), Tensor.Zeros(2, 1))).Message);
}
