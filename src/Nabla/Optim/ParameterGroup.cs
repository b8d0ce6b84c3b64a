using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// Parameters that an optimizer treats alike: <c>θ ← θ − lr·…</c> with a learning rate and a decay
/// of their own. Source: the per-parameter options of PyTorch (Paszke et al., 2019).
/// </summary>
public sealed class ParameterGroup
{
    /// <summary>Parameters by name.</summary>
    /// <param name="parameters">The tensors, each with the name it has in state dicts.</param>
    /// <exception cref="ArgumentException">A parameter has no shape yet.</exception>
    public ParameterGroup(IEnumerable<(string Name, Tensor Tensor)> parameters)
    {
        Parameters = [.. parameters];
        foreach (var (name, tensor) in Parameters)
        {
            if (tensor is Parameter { IsDeferred: true })
            {
                throw new ArgumentException($"the parameter {name} has no shape before the first "
                    + "input; call the model once, then make the optimizer");
            }
        }
    }

    /// <summary>Parameters without names: they are called 0, 1, 2, …</summary>
    public ParameterGroup(IEnumerable<Tensor> parameters)
        : this(parameters.Select((tensor, index) => ($"{index}", tensor)))
    {
    }

    /// <summary>The tensors and their names.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Parameters { get; }

    /// <summary>A learning rate of its own, in place of the optimizer's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>A weight decay of its own, in place of the optimizer's.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>A model's parameters that want gradients, by name.</summary>
    public static ParameterGroup Of(Module model) =>
        new(model.NamedParameters().Select(p => (p.Name, (Tensor)p.Parameter)));
}
