using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using static Nabla.Tests.Autograd.Leaves;

namespace Nabla.Tests.Autograd;

public class TapeTests
{
    [Fact]
    public void An_op_is_recorded_when_a_gradient_can_flow()
    {
        var x = Leaf(1, 2);
        Assert.True(Tape.EdgeOf(x * 2).IsConnected);
        Assert.False(Tape.EdgeOf(x.Detach() * 2).IsConnected);
        Assert.False(Tape.EdgeOf(x > 1).IsConnected);
        Assert.False(Tape.EdgeOf(GradMode.NoGrad(() => x * 2)).IsConnected);
    }

    [Fact]
    public void A_view_of_a_view_remembers_the_first_tensor()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f], [2, 2]);
        Assert.Same(x, GradState.Of(x.T.Expand(3, 2, 2))!.Base);
    }

    [Fact]
    public void A_view_made_before_its_base_was_written_follows_the_base()
    {
        var buffer = Tensor.From([0f, 0f, 0f, 0f], [2, 2]);
        var view = buffer.T;
        Assert.False(view.RequiresGrad);
        buffer.Assign(Leaf(Tensor.From([1f, 2f, 3f, 4f], [2, 2])));
        Assert.True(view.RequiresGrad);
        Assert.Equal("StridedView", view.GradFn);
    }

    [Fact]
    public void Each_output_of_an_op_has_its_own_place()
    {
        var y = new TwiceOp().ApplyAll(Leaf(1, 2));
        Assert.Same(Tape.EdgeOf(y[0]).Node, Tape.EdgeOf(y[1]).Node);
        Assert.Equal(0, Tape.EdgeOf(y[0]).Output);
        Assert.Equal(1, Tape.EdgeOf(y[1]).Output);
        Assert.False(Tape.EdgeOf(y[2]).IsConnected);
    }

    /// <summary>x, x, and whether x has elements.</summary>
    private sealed record TwiceOp : Op
    {
        public override int OutputCount => 3;

        public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
        {
            y[0] = y[1] = TensorSpec.Of(x[0]);
            y[2] = new TensorSpec(Shape.Scalar, DType.Bool);
        }

        public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
        {
            x[0].Device.Copy(x[0], y[0]);
            x[0].Device.Copy(x[0], y[1]);
            x[0].Device.Fill(1, y[2]);
        }

        protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
    }
}
