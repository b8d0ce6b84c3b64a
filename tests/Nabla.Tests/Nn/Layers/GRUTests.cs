using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class GRUTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("GRU", x => All(new GRU(3, 5).To(x[0].DType).With(x[1..]).Call(x[0])),
            "return torch._VF.gru(x0, x0.new_zeros(1, 2, 5), [x1, x2, x3, x4], True, 1, 0.0, "
            + "False, False, False)",
            [Inputs.Normal(4, 2, 3), .. Weights(15, 3, 5)])
            { Tolerance = 2e-5, TwiceDifferentiable = false, Capturable = false },
        new OpCase("GRU both ways without biases", x => All(
            new GRU(3, 2, bias: false, bidirectional: true).To(x[0].DType).With(x[2..])
                .Call((x[0], x[1]))),
            "return torch._VF.gru(x0, x1, [x2, x3, x4, x5], False, 1, 0.0, False, True, False)",
            [Inputs.Normal(4, 2, 3), Inputs.Normal(2, 2, 2), .. Weights(6, 3, 2)[..2],
                .. Weights(6, 3, 2)[..2]])
            { Tolerance = 2e-5, TwiceDifferentiable = false, Capturable = false },
    ];

    [Fact]
    public void Names_are_PyTorchs()
    {
        var gru = new GRU(3, 4, batchFirst: true);
        Assert.Equal(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"],
            gru.StateDict().Keys);
        Assert.Equal("GRU(3, 4, batch_first=True)", gru.ToString());
        Assert.Equal(new Shape(2, 5, 4), gru.Call(Tensor.Zeros(2, 5, 3)).Output.Shape);
    }

    [Fact]
    public void Multiply_adds_are_counted() => Assert.Equal(
        10L * 2 * 3 * 8 * (3 + 8),
        new GRU(3, 8).MultiplyAdds(new Shape(10, 2, 3), new Shape(10, 2, 8)));

    private static Input[] Weights(int gates, int width, int units) =>
    [
        Inputs.Normal(gates, width).Constant(), Inputs.Normal(gates, units).Constant(),
        Inputs.Normal(gates).Constant(), Inputs.Normal(gates).Constant(),
    ];

    private static Tensor[] All((Tensor Output, Tensor State) y) => [y.Output, y.State];
}
