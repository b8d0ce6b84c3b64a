using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// A module compiled for inference: its forward pass in eval mode, without gradients, as a static
/// graph in which parameters and buffers are constants. Batch norm is folded into the layer before
/// it, additions and clamps into convolutions. Results agree with the eager ones to about 1e-5.
/// </summary>
/// <remarks>
/// One graph for each input shape, up to <see cref="MaxShapes"/>; they compute in the same memory.
/// Beyond them a call runs the module itself, in eval mode and without gradients, one such call at
/// a time; a shape gets a graph once another one has not been asked for in <see cref="IdleCalls"/>
/// calls. In-place writes to a parameter or buffer (an optimizer's step, <c>LoadStateDict</c>,
/// <c>Assign</c>) are noticed at the next call, which then compiles anew, as it does for another
/// <see cref="Nabla.Kernels.Cpu.Numerics.Strict"/>; writes through <c>AsSpan</c>, and modules that
/// were replaced, are not: compile again. Several threads may call it at once. While it compiles,
/// nobody else may use the module.
/// <para>Where the parameters were discarded, only shapes that an example was given of can be
/// called, and nothing is compiled anew: a call for which that would be needed throws.</para>
/// </remarks>
public sealed class CompiledModule
{
    /// <summary>Input shapes whose graphs are kept, or as many as there were examples.</summary>
    public const int MaxShapes = 8;

    /// <summary>Calls after which a graph that none of them has used gives way to another shape's.
    /// </summary>
    public const int IdleCalls = 1000;

    private readonly Module<Tensor, Tensor> _module;
    private readonly bool _isDiscarded;
    private readonly int _maxShapes;
    private readonly Lock _gate = new();
    private InferenceGraph[] _graphs = [];
    private long _calls;

    internal CompiledModule(Module<Tensor, Tensor> module, ReadOnlySpan<Tensor> examples,
        bool discardParameters)
    {
        if (examples.IsEmpty)
        {
            throw new ArgumentException("Compile: there is no example; pass a tensor of each shape "
                + "that inputs will have");
        }
        _module = module;
        _isDiscarded = discardParameters;
        _maxShapes = Math.Max(MaxShapes, examples.Length);
        if (discardParameters)
        {
            RefuseCapture();
            CompileAndDiscard(examples.ToArray());
            return;
        }
        foreach (var example in examples)
        {
            Find(example);
        }
    }

    /// <summary>Bytes that calls of one thread compute in, whatever their shapes.</summary>
    internal long Bytes => _graphs[0].Bytes;

    /// <summary>How often it was compiled: for a new shape, or after weights had changed.</summary>
    public int Compilations { get; private set; }

    /// <summary>The graph compiled last, to print or to draw.</summary>
    public Graph Graph => _graphs[0].Graph;

    /// <summary>The module's output for x, as a tensor of its own without gradients.</summary>
    /// <exception cref="GraphBreakException">For a new shape the module reads a tensor's value.
    /// </exception>
    /// <exception cref="InvalidOperationException">The parameters were discarded, and there was no
    /// example of x's shape and type.</exception>
    public Tensor Call(Tensor x) => Find(x) is { } graph ? graph.Run(x) : RunEagerly(x);

    /// <summary>Times each op of the graph for x: print the lines to see where time goes.
    /// </summary>
    /// <param name="x">An input.</param>
    /// <param name="runs">Of how many runs the best time counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no runs.</exception>
    /// <exception cref="InvalidOperationException">There are graphs for as many other shapes as are
    /// kept.</exception>
    public IReadOnlyList<OpTiming> Profile(Tensor x, int runs = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        return Find(x)?.Profile(x, runs) ?? throw new InvalidOperationException(
            $"Profile: {_maxShapes} other shapes than {x.Shape} have graphs, so this one runs "
            + "eagerly; compile the module anew with a tensor of this shape");
    }

    /// <summary>The graph for an input, compiled now if it may be; null if not.</summary>
    private InferenceGraph? Find(Tensor x)
    {
        RefuseCapture();
        return Known(x) ?? (_isDiscarded ? throw Refusal(x) : Add(x));
    }

    private static void RefuseCapture()
    {
        if (Capture.IsActive)
        {
            throw new InvalidOperationException("a compiled module can't be called inside of a "
                + "captured step; call the module itself");
        }
    }

    /// <summary>Why an input can't be computed when nothing can be compiled any more.</summary>
    private InvalidOperationException Refusal(Tensor x)
    {
        var wanted = TensorSpec.Of(x);
        return new(Array.TrueForAll(_graphs, graph => graph.Input != wanted)
            ? $"Call: the module was compiled for {string.Join(" and ", _graphs.Select(
                graph => Text(graph.Input)).Distinct())}, not for {Text(wanted)}, and its "
                + "parameters were discarded; pass an example of each shape to Compile"
            : !Array.Exists(_graphs, graph => graph.Fits(x))
            ? $"Call: Numerics.Strict is {Numerics.Strict} and was {!Numerics.Strict} when the "
                + "module was compiled and its parameters discarded; set it before Compile"
            : "Call: a tensor that the compiled module reads was written since, and the "
                + "parameters were discarded; make the module again, and compile it after that");

        static string Text(TensorSpec spec) => $"{spec.DType.Name} {spec.Shape}";
    }

    /// <summary>Apart from the search: what its function captures would be allocated there, at
    /// each call.</summary>
    private InferenceGraph? Add(Tensor x)
    {
        lock (_gate)
        {
            // Another thread may have compiled it meanwhile.
            if (Known(x) is { } compiled)
            {
                return compiled;
            }
            var kept = _graphs.Where(g => !g.Fits(x) && !g.IsStale()).ToList();
            if (kept.Count >= _maxShapes)
            {
                var idle = kept.MinBy(g => g.LastUse)!;
                if (++_calls - idle.LastUse <= IdleCalls)
                {
                    return null;
                }
                kept.Remove(idle);
            }
            var graph = Compile(x);
            graph.LastUse = _calls;
            Volatile.Write(ref _graphs, [graph, .. kept]);
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
                graph.LastUse = ++_calls;
                return graph;
            }
        }
        return null;
    }

    private Tensor RunEagerly(Tensor x)
    {
        lock (_gate)
        {
            return InEval(() =>
            {
                // The module may return its argument, or a view of its state.
                var result = _module.Call(x);
                var y = Tensor.Empty(result.Shape, result.DType, result.Device);
                result.Device.Copy(result, y);
                return y;
            });
        }
    }

    private InferenceGraph Compile(Tensor example)
    {
        // Garbage that making the model has left gives its memory to the packed weights.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return InEval(() => InferenceGraph.Compile(
            _module.Call, example, Materialized(example), _graphs));
    }

    /// <summary>All is traced before anything is discarded, and discarded before anything is
    /// packed: then each weight can go as soon as its packed form is there.</summary>
    private void CompileAndDiscard(Tensor[] examples)
    {
        var traced = InEval(() =>
        {
            var state = Materialized(examples[0]);
            return examples.DistinctBy(TensorSpec.Of).Select(example =>
                InferenceGraph.Trace(_module.Call, example, state, owns: true)).ToArray();
        });
        foreach (var (name, tensor) in ModuleTree.Tensors(_module))
        {
            if (!tensor.Storage.IsDiscarded)
            {
                tensor.Grad = null;
                tensor.Discard($"{name} of {_module.GetType().Name} was discarded when the module "
                    + "was compiled with discardParameters; call the compiled module, save the "
                    + "weights before that, or compile without discardParameters");
            }
        }
        TraceHooks.Invalidate();
        MemoryPool.Trim();
        foreach (var graph in traced)
        {
            _graphs = [graph.Optimize(_graphs), .. _graphs];
            Compilations++;
        }
        MemoryPool.Trim();
    }

    /// <summary>Parameters and buffers, with the shapes that an input decides.</summary>
    private Tensor[] Materialized(Tensor example)
    {
        if (_module.Parameters().Any(p => p.IsDeferred))
        {
            _module.Call(example);
        }
        return [.. _module.Parameters(), .. _module.Buffers()];
    }

    /// <summary>Runs in eval mode, without gradients; what was in training mode returns to it.
    /// </summary>
    private T InEval<T>(Func<T> function)
    {
        var training = _module.Modules().Where(m => m.IsTraining).ToArray();
        Array.ForEach(training, m => m.SetTraining(false));
        try
        {
            using var noGrad = GradMode.NoGrad();
            return function();
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
        /// <param name="discardParameters">Whether packed weights replace the originals, as
        /// Inductor's <c>freezing_discard_parameters</c> does: see the overload.</param>
        /// <exception cref="GraphBreakException">The module reads a tensor's value, or computes
        /// differently each time.</exception>
        /// <exception cref="InvalidOperationException">In eval mode the module changes its state
        /// or draws random numbers; or its parameters were discarded before.</exception>
        public CompiledModule Compile(Tensor example, bool discardParameters = false) =>
            new(module, [example], discardParameters);

        /// <summary>Compiles the module for inputs of several shapes.</summary>
        /// <param name="examples">A tensor of each shape and type; their elements don't matter.
        /// </param>
        /// <param name="discardParameters">
        /// Whether packed weights replace the originals: parameters, gradients and buffers let go
        /// of their memory, and reading or writing them, or calling the module, throws from then
        /// on. Weights are held about once instead of twice; what other tensors hold stays. Only
        /// shapes of examples can be called. An error in the module discards nothing.
        /// </param>
        /// <exception cref="ArgumentException">There is no example.</exception>
        /// <exception cref="GraphBreakException">The module reads a tensor's value, or computes
        /// differently each time.</exception>
        /// <exception cref="InvalidOperationException">In eval mode the module changes its state
        /// or draws random numbers; or its parameters were discarded before.</exception>
        public CompiledModule Compile(
            ReadOnlySpan<Tensor> examples, bool discardParameters = false) =>
            new(module, examples, discardParameters);
    }
}
