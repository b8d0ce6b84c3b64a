using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// A module compiled for inference: its forward pass in eval mode, without gradients, as a static
/// graph in which parameters and buffers are constants. Batch norm is folded into the layer before
/// it, additions and clamps into convolutions. Results agree with the eager ones to about 1e-5.
/// </summary>
/// <remarks>
/// One graph for each input shape, the <see cref="MaxShapes"/> latest ones. In-place writes to a
/// parameter or buffer (an optimizer's step, <c>LoadStateDict</c>, <c>Assign</c>) are noticed at
/// the next call, which then compiles anew; writes through <c>AsSpan</c>, and modules that were
/// replaced, are not: compile again. Several threads may call it at once. While it compiles,
/// nobody else may use the module.
/// </remarks>
public sealed class CompiledModule
{
    /// <summary>Input shapes whose graphs are kept.</summary>
    public const int MaxShapes = 8;

    private readonly Module<Tensor, Tensor> _module;
    private readonly Lock _gate = new();
    private InferenceGraph[] _graphs = [];

    internal CompiledModule(Module<Tensor, Tensor> module, Tensor example)
    {
        _module = module;
        Find(example);
    }

    /// <summary>How often it was compiled: for a new shape, or after weights had changed.</summary>
    public int Compilations { get; private set; }

    /// <summary>The graph compiled last, to print or to draw.</summary>
    public Graph Graph => _graphs[0].Graph;

    /// <summary>The module's output for x, as a tensor of its own without gradients.</summary>
    /// <exception cref="GraphBreakException">For a new shape the module reads a tensor's value.
    /// </exception>
    public Tensor Call(Tensor x) => Find(x).Run(x);

    /// <summary>Times each op of the graph for x: print the lines to see where time goes.
    /// </summary>
    /// <param name="x">An input.</param>
    /// <param name="runs">Of how many runs the best time counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no runs.</exception>
    public IReadOnlyList<OpTiming> Profile(Tensor x, int runs = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        return Find(x).Profile(x, runs);
    }

    private InferenceGraph Find(Tensor x)
    {
        if (Capture.IsActive)
        {
            throw new InvalidOperationException("a compiled module can't be called inside of a "
                + "captured step; call the module itself");
        }
        if (Known(x) is { } known)
        {
            return known;
        }
        lock (_gate)
        {
            // Another thread may have compiled it meanwhile.
            if (Known(x) is { } compiled)
            {
                return compiled;
            }
            var graph = Compile(x);
            Volatile.Write(ref _graphs,
                [graph, .. _graphs.Where(g => !g.Fits(x) && !g.IsStale()).Take(MaxShapes - 1)]);
            Compilations++;
            return graph;
        }
    }

    private InferenceGraph? Known(Tensor x)
    {
        foreach (var graph in Volatile.Read(ref _graphs))
        {
            if (graph.Fits(x) && !graph.IsStale())
            {
                return graph;
            }
        }
        return null;
    }

    /// <summary>Traces in eval mode; what was in training mode returns to it.</summary>
    private InferenceGraph Compile(Tensor example)
    {
        var training = _module.Modules().Where(m => m.IsTraining).ToArray();
        Array.ForEach(training, m => m.SetTraining(false));
        try
        {
            // Garbage that making the model has left gives its memory to the packed weights.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using var noGrad = GradMode.NoGrad();
            if (_module.Parameters().Any(p => p.IsDeferred))
            {
                _module.Call(example);
            }
            return InferenceGraph.Compile(_module.Call, example, [
                .. _module.Parameters(), .. _module.Buffers()], _graphs);
        }
        finally
        {
            Array.ForEach(training, m => m.SetTraining(true));
        }
    }
}

/// <summary><see cref="CompiledModule"/> as a member of <see cref="Module{TIn, TOut}"/>.</summary>
public static class CompiledModuleOps
{
    extension(Module<Tensor, Tensor> module)
    {
        /// <summary>Compiles the module for inference, as <c>torch.compile</c> does in eval
        /// mode.</summary>
        /// <param name="example">A tensor of the shape and type that inputs will have; its
        /// elements don't matter.</param>
        /// <exception cref="GraphBreakException">The module reads a tensor's value, or computes
        /// differently each time.</exception>
        /// <exception cref="InvalidOperationException">In eval mode the module changes its state
        /// or draws random numbers.</exception>
        public CompiledModule Compile(Tensor example) => new(module, example);
    }
}
