using Nabla.Nn;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Nn.Layers;

public class RNNTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        Case("RNN", false, "rnn_tanh"),
        Case("RNN of relu", true, "rnn_relu"),
    ];

    [Fact]
    public void Names_are_PyTorchs()
    {
        var rnn = new RNN(3, 4, relu: true);
        Assert.Equal(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"],
            rnn.StateDict().Keys);
        Assert.Equal("RNN(3, 4, nonlinearity=relu)", rnn.ToString());
    }

    [Fact]
    public void Multiply_adds_are_counted() => Assert.Equal(
        10L * 2 * 8 * (3 + 8),
        new RNN(3, 8).MultiplyAdds(new Shape(10, 2, 3), new Shape(10, 2, 8)));

    private static OpCase Case(string name, bool relu, string torch) => new(name,
        x => All(new RNN(3, 5, relu: relu).To(x[0].DType).With(x[1..]).Call(x[0])),
        $"return torch._VF.{torch}(x0, x0.new_zeros(1, 2, 5), [x1, x2, x3, x4], True, 1, 0.0, "
        + "False, False, False)",
        [Inputs.Normal(4, 2, 3), .. Weights(5, 3, 5)])
    {
        Tolerance = 2e-5,
        TwiceDifferentiable = false,
        Capturable = false,
    };

    private static Input[] Weights(int gates, int width, int units) =>
    [
        Inputs.Normal(gates, width).Constant(), Inputs.Normal(gates, units).Constant(),
        Inputs.Normal(gates).Constant(), Inputs.Normal(gates).Constant(),
    ];

    private static Tensor[] All((Tensor Output, Tensor State) y) => [y.Output, y.State];
}
