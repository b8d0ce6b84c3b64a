using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Autograd;

namespace Nabla.Tests.Ops.Functional;

public class GradGradCheckTests
{
    [Fact]
    public void Right_second_gradients_pass() => GradGradCheck.Run(
        x => [x[0] * x[0] * x[1], x[1].Exp()], [Leaf(1, 2, 3), Leaf(0.1, 0.2, 0.3)]);

    [Fact]
    public void A_gradient_that_is_cut_off_from_the_tape_is_noticed()
    {
        // The gradient 2x is right, but made of a detached x: its own gradient is missing.
        GradCheck.Run(x => new CutSquareOp().Apply(x[0]), Leaf(1, 2));
        var error = Assert.Throws<ArithmeticException>(() => GradGradCheck.Run(
            x => new CutSquareOp().Apply(x[0]), Leaf(1, 2)));
        Assert.Contains("GradGradCheck: input 0, shape (2,), element 0", error.Message);
    }

    private static Tensor Leaf(params double[] values) => Leaves.Leaf(Tensor.From(values));

    /// <summary>x², whose gradient forgets that it depends on x.</summary>
    private sealed record CutSquareOp : Op
    {
        public override Saves Saves => Saves.Inputs;

        public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
            x[0].Device.Copy(x[0].Detach() * x[0].Detach(), y[0]);

        public override Tensor?[] Backward(Backprop b) => [b.Grad * b.X().Detach() * 2];

        protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
    }
}
