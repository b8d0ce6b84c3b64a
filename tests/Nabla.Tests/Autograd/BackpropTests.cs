using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using static Nabla.Tests.Autograd.Leaves;

namespace Nabla.Tests.Autograd;

public class BackpropTests
{
    [Fact]
    public void A_rule_sees_what_it_saved_and_what_is_needed()
    {
        var x = Leaf(1, 2);
        var constant = Tensor.From([3f, 4f, 5f], [3, 1]);
        var seen = new List<string>();
        var y = new WatchedOp(b =>
        {
            seen.Add($"{b.InputCount} inputs, needs {b.Needs(0)} and {b.Needs(1)}");
            seen.Add($"{b.InputSpec(1)} to {b.OutputSpec(1)}");
            seen.Add($"saved {b.X(0).ToArray<float>()[1]} and {b.Y(0).ToArray<float>()[1]}");
            seen.Add($"used {b.GradOf(0) is not null} and {b.GradOf(1) is not null}");
            return [b.Grad, null];
        }).ApplyAll(x, constant);
        (y[0] * 7).Sum().Backward();
        Assert.Equal(
            [
                "2 inputs, needs True and False",
                $"{TensorSpec.Of(constant)} to {TensorSpec.Of(y[1])}",
                "saved 2 and 2",
                "used True and False",
            ], seen);
        Assert.Equal([7f, 7f], GradOf(x));
    }

    [Fact]
    public void A_rule_that_reads_what_was_not_saved_is_told_so()
    {
        var x = Leaf(1, 2);
        var input = Assert.Throws<InvalidOperationException>(() =>
            new WatchedOp(b => [b.X(1), null]).ApplyAll(x, x)[0].Sum().Backward());
        Assert.Contains("Watched.Backward reads input 1, which its Saves does not declare",
            input.Message);
        var output = Assert.Throws<InvalidOperationException>(() =>
            new WatchedOp(b => [b.Y(1), null]).ApplyAll(x, x)[0].Sum().Backward());
        Assert.Contains("reads output 1", output.Message);
    }

    private delegate Tensor?[] Rule(Backprop b);

    /// <summary>Returns copies of both inputs; saves the first of each side.</summary>
    private sealed record WatchedOp(Rule Gradient) : Op
    {
        public override int OutputCount => 2;

        public override Saves Saves => Saves.Input(0) + Saves.Output(0);

        public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
        {
            y[0] = TensorSpec.Of(x[0]);
            y[1] = TensorSpec.Of(x[1]);
        }

        public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
        {
            x[0].Device.Copy(x[0], y[0]);
            x[1].Device.Copy(x[1], y[1]);
        }

        public override Tensor?[] Backward(Backprop b) => Gradient(b);

        protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
    }
}
