using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Kernels.Cpu;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

/// <summary>Graphs are compiled under <see cref="Numerics.Strict"/> or without it.</summary>
[Collection(nameof(WorkerTeam))]
public sealed class CapturedStepNumericsTests : IDisposable
{
    private readonly bool _strict = Numerics.Strict;
    private readonly Module<Tensor, Tensor> _model =
        new Sequential(new Embedding(5, 32), new Linear(32, 7));

    private readonly Tensor _ids = Tensor.Arange(24) % 5;

    public void Dispose() => Numerics.Strict = _strict;

    [Fact]
    public void A_captured_step_has_a_graph_for_each_setting()
    {
        var step = new CapturedStep(x => [_model.Call(x[0])]);
        var changes = new List<string>();
        step.OnRecapture += changes.Add;
        for (var round = 0; round < 2; round++)
        {
            foreach (var strict in new[] { false, true })
            {
                Numerics.Strict = strict;
                Assert.True(step.TryReplay(_ids));
                Assert.Equal(strict, IsInOrder(step.Graph!));
            }
        }
        Assert.Equal(2, step.Captures);
        Assert.Equal(["Numerics.Strict has changed"], changes);
    }

    [Fact]
    public void A_compiled_module_has_a_graph_for_each_setting()
    {
        Numerics.Strict = false;
        var compiled = _model.Compile(_ids);
        Assert.False(IsInOrder(compiled.Graph));
        Numerics.Strict = true;
        compiled.Call(_ids);
        Assert.True(IsInOrder(compiled.Graph));
        Assert.Equal(2, compiled.Compilations);
        Numerics.Strict = false;
        compiled.Call(_ids);
        Assert.Equal(2, compiled.Compilations);
    }

    /// <summary>Whether the rows are looked up first, then multiplied, as the module says.
    /// </summary>
    private static bool IsInOrder(Graph graph)
    {
        var names = graph.Names();
        return Array.FindIndex(names, n => n.Contains("Embedding"))
            < Array.FindIndex(names, n => n.Contains("Linear"));
    }
}
