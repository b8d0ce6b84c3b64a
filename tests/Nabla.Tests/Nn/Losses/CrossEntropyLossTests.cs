using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Losses;

public class CrossEntropyLossTests : OpTests
{
    private static readonly CrossEntropyLoss s_weighted =
        new(Tensor.From(0.5, 1.0, 2.0), ignoreIndex: 1, Reduction.Sum, labelSmoothing: 0.1);

    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("CrossEntropyLoss", x => new CrossEntropyLoss().Call(x[0], x[1]),
            "torch.nn.CrossEntropyLoss()(x0, x1)",
            Inputs.Normal(5, 3), Inputs.Integers(0, 3, 5)),
        new OpCase("CrossEntropyLoss with settings",
            x => s_weighted.Call(x[0], x[1]),
            "torch.nn.CrossEntropyLoss(torch.tensor([0.5, 1, 2], dtype=torch.float64), "
                + "ignore_index=1, reduction='sum', label_smoothing=0.1)(x0, x1)",
            Inputs.Normal(5, 3), Inputs.Integers(0, 3, 5)) { DTypes = [DType.Float64] },
    ];

    [Fact]
    public void The_weight_is_part_of_the_state() => Assert.Equal(["weight"],
        new CrossEntropyLoss(Tensor.Ones(3)).StateDict().Keys);

    [Fact]
    public void Smoothing_lies_between_0_and_1() => Assert.Contains("[0, 1], got -1",
        Assert.Throws<ArgumentException>(
            () => new CrossEntropyLoss(labelSmoothing: -1)).Message);
}
