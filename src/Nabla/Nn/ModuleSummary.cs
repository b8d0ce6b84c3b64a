using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// What a network consists of and costs: shapes, parameters, multiply-adds, receptive fields and
/// activation memory of every layer, for one input. Taken by a forward pass in evaluation mode on
/// tensors without value: nothing is computed and no state changes.
/// </summary>
/// <param name="Model">The network's class.</param>
/// <param name="Input">The shape of the input, with its batch.</param>
/// <param name="Parameters">Elements of all parameters, shared ones once.</param>
/// <param name="Layers">Calls of layers in their order.</param>
public sealed record ModuleSummary(
    string Model, Shape Input, long Parameters, IReadOnlyList<LayerSummary> Layers)
{
    /// <summary>Multiply-adds of a forward pass; a bias is none.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>Bytes of all layers' outputs together.</summary>
    public long ActivationBytes => Layers.Sum(layer => layer.ActivationBytes);

    /// <summary>Sums up a network.</summary>
    /// <param name="module">The network.</param>
    /// <param name="input">The shape of an input with its batch, e.g. (1, C, H, W).</param>
    /// <remarks>A network with deferred parameters, or one whose forward reads values, is called
    /// once on zeros; its parameters then have their shapes.</remarks>
    /// <exception cref="ArgumentException">The input does not fit.</exception>
    public static ModuleSummary Of(Module<Tensor, Tensor> module, Shape input)
    {
        ArgumentNullException.ThrowIfNull(module);
        var modes = module.Modules().Select(m => (Module: m, m.IsTraining)).ToList();
        var former = ModuleObserver.Current;
        var calls = new ModuleSummaryCalls(module);
        ModuleObserver.Current = calls;
        try
        {
            using (GradMode.NoGrad())
            {
                module.Eval();
                var zeros = Tensor.Zeros(input);
                var fields = Trace(module, zeros, calls) ?? [];
                return new ModuleSummary(ModuleSummaryCalls.NameOf(module), input,
                    module.Parameters().Sum(p => (long)p.Count), calls.Layers(fields));
            }
        }
        finally
        {
            ModuleObserver.Current = former;
            modes.ForEach(before => before.Module.SetTraining(before.IsTraining));
        }
    }

    private static ReceptiveField?[]? Trace(
        Module<Tensor, Tensor> module, Tensor zeros, ModuleSummaryCalls calls)
    {
        Tensor[] Forward(Tensor[] x)
        {
            calls.Clear();
            _ = module.Call(x[0]);
            return calls.Tensors();
        }

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return calls.Fields(Capture.Trace(Forward, zeros));
            }
            catch (GraphBreakException)
            {
                // Gives deferred parameters their shapes: the next trace then succeeds.
                calls.Clear();
                _ = module.Call(zeros);
                if (attempt > 0)
                {
                    return null;
                }
            }
        }
    }
}
