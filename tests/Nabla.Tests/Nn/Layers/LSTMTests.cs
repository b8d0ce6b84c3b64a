using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class LSTMTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("LSTM", x => All(new LSTM(3, 5).To(x[0].DType).With(x[1..]).Call(x[0])),
            "return torch._VF.lstm(x0, [x0.new_zeros(1, 2, 5)] * 2, [x1, x2, x3, x4], True, 1, "
            + "0.0, False, False, False)",
            [Inputs.Normal(4, 2, 3), .. Weights(20, 3, 5)])
            { Tolerance = 2e-5, TwiceDifferentiable = false, Capturable = false },
        new OpCase("LSTM of two layers and directions", x => All(
            new LSTM(3, 2, numLayers: 2, batchFirst: true, bidirectional: true).To(x[0].DType)
                .With(x[3..]).Call((x[0], (x[1], x[2])))),
            "return torch._VF.lstm(x0, [x1, x2], [x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, "
            + "x14, x15, x16, x17, x18], True, 2, 0.0, False, True, True)",
            [Inputs.Normal(2, 4, 3), Inputs.Normal(4, 2, 2), Inputs.Normal(4, 2, 2),
                .. Weights(8, 3, 2), .. Weights(8, 3, 2), .. Weights(8, 4, 2), .. Weights(8, 4, 2)])
            { Tolerance = 2e-5, TwiceDifferentiable = false, Capturable = false },
    ];

    [Fact]
    public void Names_are_PyTorchs()
    {
        var lstm = new LSTM(3, 4, numLayers: 2, bidirectional: true);
        Assert.Equal(
            ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_ih_l0_reverse",
                "weight_hh_l0_reverse", "bias_ih_l0_reverse", "bias_hh_l0_reverse"],
            lstm.StateDict().Keys.Take(8));
        Assert.Equal(new Shape(16, 8), lstm.StateDict()["weight_ih_l1"].Shape);
        Assert.Equal("LSTM(3, 4, num_layers=2, bidirectional=True)", lstm.ToString());
    }

    [Fact]
    public void Multiply_adds_are_counted() => Assert.Equal(
        10L * 2 * 4 * 8 * (3 + 8),
        new LSTM(3, 8).MultiplyAdds(new Shape(10, 2, 3), new Shape(10, 2, 8)));

    private static Input[] Weights(int gates, int width, int units) =>
    [
        Inputs.Normal(gates, width).Constant(), Inputs.Normal(gates, units).Constant(),
        Inputs.Normal(gates).Constant(), Inputs.Normal(gates).Constant(),
    ];

    private static Tensor[] All((Tensor Output, (Tensor H, Tensor C) State) y) =>
        [y.Output, y.State.H, y.State.C];
}
