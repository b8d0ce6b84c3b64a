using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Graphs.Passes;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs.Passes;

public class WeightPackingTests
{
    [Theory]
    [InlineData(64, "PackedLinear")]
    [InlineData(3, "Linear")]
    public void Weights_that_a_call_would_reorder_are_packed_once(int rows, string op)
    {
        var (x, w) = (Tensor.Randn(rows, 480), Tensor.Randn(400, 480));
        var graph = new WeightPacking().Run(
            new Freezing().Run(Traces.Of(i => i[0].Linear(w), x)));
        Assert.Equal([op], graph.Names());
        Assert.Equal(x.Linear(w).ToArray<float>(), graph.Replay(x));
    }

    [Fact]
    public void Weights_that_may_change_stay()
    {
        var w = Tensor.Randn(40, 48);
        var graph = new WeightPacking().Run(
            Traces.Of(i => i[0].Linear(w), Tensor.Randn(64, 48)));
        Assert.Equal(["Linear"], graph.Names());
    }

    [Fact]
    public void A_compiled_network_packs_its_layers_and_notices_new_weights()
    {
        Generator.ManualSeed(3);
        var first = new Linear(48, 96);
        var model = new Sequential(first, new ReLU(), new Linear(96, 20));
        model.Eval();
        var x = Tensor.Randn(64, 48);
        var compiled = model.Compile(x);
        Close(model.Call(x), compiled.Call(x));
        GradMode.NoGrad(() => first.Weight.Assign(Tensor.Randn(96, 48)));
        Close(model.Call(x), compiled.Call(x));

        static void Close(Tensor expected, Tensor actual) => Assert.All(
            expected.ToArray<float>().Zip(actual.ToArray<float>()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }
}
