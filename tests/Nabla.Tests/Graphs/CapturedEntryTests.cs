using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class CapturedEntryTests
{
    [Fact]
    public void It_fits_inputs_of_its_shapes_and_types_only()
    {
        var entry = Entry();
        Assert.True(entry.Fits([Tensor.Randn(3)]));
        Assert.False(entry.Fits([Tensor.Randn(4)]));
        Assert.False(entry.Fits([Tensor.Randn(3).To(DType.Float64)]));
        Assert.False(entry.Fits([Tensor.Randn(3), Tensor.Randn(3)]));
    }

    [Fact]
    public void Each_renter_has_a_plan_of_its_own_and_a_returned_one_is_used_again()
    {
        var entry = Entry();
        var (a, b) = (entry.Rent(), entry.Rent());
        Assert.NotSame(a, b);
        Assert.NotSame(a.Outputs[0].Storage, b.Outputs[0].Storage);
        entry.Return(a);
        Assert.Same(a, entry.Rent());
    }

    [Fact]
    public void The_first_guard_that_fails_says_why()
    {
        var entry = Entry();
        Assert.Null(entry.Changed());
        entry.Guards = [() => null, () => "this", () => "that"];
        Assert.Equal("this", entry.Changed());
    }

    private static CapturedEntry Entry()
    {
        Graph Trace() => Traces.Of(x => x[0].Exp(), Tensor.Randn(3));
        return new CapturedEntry(
            [new Nabla.Autograd.TensorSpec(new Shape(3), DType.Float32)], 0, Trace(), Trace());
    }
}
