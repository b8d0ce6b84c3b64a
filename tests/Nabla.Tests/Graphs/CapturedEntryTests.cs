using Nabla.Graphs;
using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

[Collection(nameof(WorkerTeam))]
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
    public void It_holds_under_the_rules_for_numbers_it_was_made_with()
    {
        var entry = Entry();
        Assert.True(entry.HasNumerics);
        Numerics.Strict = !Numerics.Strict;
        try
        {
            Assert.False(entry.HasNumerics);
            Assert.Equal("Numerics.Strict has changed", entry.Changed());
        }
        finally
        {
            Numerics.Strict = !Numerics.Strict;
        }
        Assert.Null(entry.Changed());
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
