using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Autograd;

namespace Nabla.Tests.Ops.Functional;

public class GradCheckTests
{
    [Fact]
    public void Right_gradients_pass() => GradCheck.Run(
        x => [x[0] * x[1].Exp(), x[0].Sum()],
        [Leaf(1, 2, 3), Leaf(0.1, 0.2, 0.3), Tensor.From(1, 2)]);

    [Fact]
    public void A_wrong_gradient_is_named_with_both_values()
    {
        var wrong = new ProbeOp(_ => [Tensor.From(1.0, 1.0, 1.5)]);
        var error = Assert.Throws<ArithmeticException>(
            () => GradCheck.Run(x => wrong.Apply(x[0] * 1), Leaf(1, 2, 3)));
        Assert.Contains("GradCheck: input 0, shape (3,), element 0", error.Message);
        Assert.Contains("the gradient is 1, but finite differences give 0.236", error.Message);
    }

    [Fact]
    public void A_missing_gradient_is_a_wrong_one()
    {
        var error = Assert.Throws<ArithmeticException>(() => GradCheck.Run(
            x => x[0].Detach() * x[0], Leaf(2)));
        Assert.Contains("element 0", error.Message);
    }

    [Fact]
    public void Inputs_must_be_double_and_ask_for_gradients()
    {
        Assert.Contains("no input requires a gradient", Assert.Throws<ArgumentException>(
            () => GradCheck.Run(x => x[0], Tensor.From(1.0))).Message);
        Assert.Contains("input 0 is float32 with shape (1,); finite differences need contiguous "
            + "float64", Assert.Throws<ArgumentException>(
            () => GradCheck.Run(x => x[0], Leaves.Leaf(1f))).Message);
    }

    [Fact]
    public void Inputs_stay_as_they_are()
    {
        var x = Leaf(1, 2);
        GradCheck.Run(a => a[0] * a[0], x);
        Assert.Equal([1, 2], x.ToArray<double>());
        Assert.Null(x.Grad);
    }

    private static Tensor Leaf(params double[] values) => Leaves.Leaf(Tensor.From(values));
}
