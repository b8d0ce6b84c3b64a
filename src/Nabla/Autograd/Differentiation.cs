using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>Automatic differentiation, as members of <see cref="Tensor"/>.</summary>
public static class Differentiation
{
    extension(Tensor x)
    {
        /// <summary>Whether gradients flow to or through this tensor; settable on leaves.</summary>
        /// <exception cref="InvalidOperationException">Set on a computed tensor, or on a type that
        /// has no gradient.</exception>
        public bool RequiresGrad
        {
            get => x.GradientState is not null && Tape.EdgeOf(x).IsConnected;
            set
            {
                if (value && !x.DType.IsFloat)
                {
                    throw new InvalidOperationException(
                        $"only floating-point tensors have gradients; this one is {x.DType.Name}");
                }
                if (!x.IsLeaf)
                {
                    throw new InvalidOperationException("RequiresGrad can be set on leaves only; "
                        + "for a computed tensor, Detach() it first");
                }
                if (value || x.GradientState is not null)
                {
                    GradState.For(x).RequiresGrad = value;
                }
            }
        }

        /// <summary>Whether no recorded op computed this tensor.</summary>
        public bool IsLeaf => x.GradientState is null || GradState.Of(x)!.Node is null;

        /// <summary>The name of the op that computed this tensor, or null for a leaf.</summary>
        public string? GradFn => GradState.Of(x)?.Node?.Op.Name;

        /// <summary>The gradient that backward passes accumulated, or null.</summary>
        public Tensor? Grad
        {
            get => GradState.Of(x)?.ShowGrad();
            set
            {
                if (value is not null && value.Shape != x.Shape)
                {
                    throw new ArgumentException($"Grad: a gradient of shape {value.Shape} does not "
                        + $"fit a tensor of shape {x.Shape}");
                }
                if (value is not null && value.DType != x.DType)
                {
                    throw new ArgumentException($"Grad: a gradient of {value.DType.Name} does not "
                        + $"fit a tensor of {x.DType.Name}; convert it with To first");
                }
                if (value is not null || x.GradientState is not null)
                {
                    GradState.For(x).ReplaceGrad(x, value);
                }
            }
        }

        /// <summary>
        /// Computes d(this)/d(leaf) for every leaf it depends on and adds it to the leaf's
        /// <c>Grad</c>.
        /// </summary>
        /// <param name="gradient">d(objective)/d(this); may be left out for one element.</param>
        /// <param name="retainGraph">Keep what was saved, to run backward again.</param>
        /// <param name="createGraph">Record the pass itself, for gradients of gradients.</param>
        /// <exception cref="InvalidOperationException">Nothing requires a gradient, the graph was
        /// freed, a saved tensor was changed in place, or a gradient is missing.</exception>
        public void Backward(Tensor? gradient = null, bool retainGraph = false,
            bool createGraph = false) =>
            BackwardPass.Run(x, gradient, retainGraph || createGraph, createGraph);

        /// <summary>The same elements, cut off from the tape.</summary>
        public Tensor Detach()
        {
            var y = x.Alias();
            y.TraceState = x.TraceState;
            return y;
        }

        /// <summary>Keeps this computed tensor's gradient in <c>Grad</c> after backward.</summary>
        public Tensor RetainGrad()
        {
            if (!x.IsLeaf)
            {
                var state = GradState.For(x);
                state.RetainsGrad = true;
                Watch(state);
            }
            return x;
        }

        /// <summary>Calls a function with each gradient that reaches this tensor; what it returns
        /// (if not null) replaces the gradient.</summary>
        /// <exception cref="InvalidOperationException">No gradient can reach the
        /// tensor.</exception>
        public void RegisterHook(Func<Tensor, Tensor?> hook)
        {
            if (!x.RequiresGrad)
            {
                throw new InvalidOperationException("RegisterHook: no gradient reaches a tensor "
                    + "that does not require one");
            }
            var state = GradState.For(x);
            (state.Hooks ??= []).Add(hook);
            Watch(state);
        }
    }

    extension(Tensor)
    {
        /// <summary>
        /// Gradients of outputs with respect to inputs, without touching any <c>Grad</c>; null for
        /// an input that the outputs do not depend on.
        /// </summary>
        /// <exception cref="InvalidOperationException">As for <c>Backward</c>.</exception>
        public static Tensor?[] Gradients(Tensor[] outputs, Tensor[] inputs,
            Tensor?[]? gradients = null, bool retainGraph = false, bool createGraph = false) =>
            BackwardPass.Grad(outputs, inputs, gradients ?? new Tensor?[outputs.Length],
                retainGraph || createGraph, createGraph);
    }

    private static void Watch(GradState state)
    {
        if (state.Node is { IsFreed: false } node
            && (node.Watchers ??= []).TrueForAll(w => w.State != state))
        {
            node.Watchers.Add((state.Output, state));
        }
    }
}
