using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Modules one after another: y = fₙ(… f₁(x)). Shapes: those of the first module's input and the
/// last one's output. Throws what its modules throw. Source: <c>torch.nn.Sequential</c>;
/// Paszke et al.: PyTorch, 2019.
/// </summary>
/// <param name="modules">The modules, named <c>0</c>, <c>1</c>, ….</param>
public sealed class Sequential(params Module<Tensor, Tensor>[] modules) : Module<Tensor, Tensor>
{
    [Name("")]
    private readonly Module<Tensor, Tensor>[] _modules = [.. modules];

    /// <summary>The number of modules.</summary>
    public int Count => _modules.Length;

    /// <summary>The module at a position.</summary>
    public Module<Tensor, Tensor> this[int index] => _modules[index];

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x)
    {
        foreach (var module in _modules)
        {
            x = module.Call(x);
        }
        return x;
    }
}
