using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class ConstantSharingTests
{
    [Theory]
    [InlineData(2000, true, true)]
    [InlineData(2000, false, false)]
    [InlineData(10, true, false)]
    public void Large_equal_constants_become_one(int size, bool equal, bool shared)
    {
        var weights = Tensor.Randn(size);
        var others = weights.Clone();
        if (!equal)
        {
            others.AsSpan<float>()[^1] += 1;
        }
        var first = Graph(weights);
        var second = Graph(others);
        ConstantSharing.Share(second, [first]);
        var (a, b) = (first.Nodes[0].Inputs[1].External, second.Nodes[0].Inputs[1].External);
        Assert.Equal(shared, ReferenceEquals(a, b));
        Assert.Equal(others.ToArray<float>(), second.Replay(Tensor.Ones(size)));

        Graph Graph(Tensor state) =>
            new Freezing().Run(Traces.Of(x => x[0] * state, Tensor.Zeros(size)));
    }
}
