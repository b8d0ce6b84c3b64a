using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Autograd;

public class DispatcherTests
{
    [Fact]
    public void An_op_gets_dense_inputs_unless_it_takes_strides()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f], [2, 2]).T;
        var seen = new List<bool>();
        Assert.Equal([1f, 3f, 2f, 4f], new StrideOp(seen, false).Apply(x).ToArray<float>());
        Assert.Equal([1f, 3f, 2f, 4f], new StrideOp(seen, true).Apply(x).ToArray<float>());
        Assert.Equal([true, false], seen);
    }

    [Fact]
    public void A_view_computes_nothing_and_shares_memory()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f], [2, 2]);
        var y = x.T;
        Assert.Same(x.Storage, y.Storage);
        Assert.Equal([1, 2], y.Strides.ToArray());
    }

    [Fact]
    public void A_tensor_that_a_capture_left_behind_is_refused()
    {
        Tensor? leaked = null;
        Capture.Trace(x => [leaked = x[0] * 2], Tensor.From(1f));
        var error = Assert.Throws<InvalidOperationException>(() => leaked! + 1);
        Assert.Contains("Add: an input was made inside a captured step", error.Message);
    }

    /// <summary>A copy that notes whether its input was dense.</summary>
    private sealed record StrideOp(List<bool> Seen, bool TakesStrides) : Op
    {
        public override bool AcceptsStrides(int input) => TakesStrides;

        public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
        {
            Seen.Add(x[0].IsContiguous);
            x[0].Device.Copy(x[0], y[0]);
        }

        protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_eager_op_costs_little_over_its_kernel(bool tape)
    {
        const int Ops = 1000;
        var b = Tensor.Randn(4);
        var best = double.MaxValue;
        for (var round = 0; round < 50; round++)
        {
            var x = Tensor.Randn(4);
            x.RequiresGrad = tape;
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var i = 0; i < Ops; i++)
            {
                x = x + b;
            }
            var elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(start);
            best = Math.Min(best, elapsed.TotalMicroseconds / Ops);
        }
        Assert.True(best < 2, $"an addition of 4 elements took {best} µs, more than 2");
    }
}
