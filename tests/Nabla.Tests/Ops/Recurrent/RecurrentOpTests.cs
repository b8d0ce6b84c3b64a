using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Recurrent;

public class RecurrentOpTests
{
    [Fact]
    public void A_gradient_of_the_last_cell_state_alone_reaches_the_first()
    {
        var c0 = Tensor.Ones(1, 1);
        c0.RequiresGrad = true;
        // Gates of zero: each step halves the cell state.
        var (_, c) = Tensor.Zeros(3, 1, 4).Lstm(
            Tensor.Zeros(1, 1), c0, Tensor.Zeros(4, 1), Tensor.Zeros(4));
        c[-1].Sum().Backward();
        Assert.Equal(0.125f, c0.Grad!.Item());
    }

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("Lstm expects gates (T, N, 4·H) and a weight (4·H, H) but got (2, 3, 7) and (8, 2)",
            () => Tensor.Zeros(2, 3, 7).Lstm(Tensor.Zeros(3, 2), Tensor.Zeros(3, 2),
                Tensor.Zeros(8, 2), Tensor.Zeros(8)).H);
        Throws("Lstm expects first states of shape (3, 2) but got (3, 2) and (2, 2)",
            () => Tensor.Zeros(2, 3, 8).Lstm(Tensor.Zeros(3, 2), Tensor.Zeros(2, 2),
                Tensor.Zeros(8, 2), Tensor.Zeros(8)).H);
        Throws("Lstm expects a bias (8,) but got (2,)",
            () => Tensor.Zeros(2, 3, 8).Lstm(Tensor.Zeros(3, 2), Tensor.Zeros(3, 2),
                Tensor.Zeros(8, 2), Tensor.Zeros(2)).H);
        Throws("Lstm expects at least one time step but got (0, 3, 8)",
            () => Tensor.Zeros(0, 3, 8).Lstm(Tensor.Zeros(3, 2), Tensor.Zeros(3, 2),
                Tensor.Zeros(8, 2), Tensor.Zeros(8)).H);
    }

    private static void Throws(string part, Func<Tensor> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
