using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Modules one after another: <c>y = fₙ(… f₁(x))</c>; shapes are those of the first one's input
/// (N, …) and the last one's output; throws what they throw. Source: Collobert, Bengio, Mariéthoz:
/// Torch, 2002; <c>torch.nn.Sequential</c>.
/// </summary>
/// <param name="modules">The modules, named <c>0</c>, <c>1</c>, ….</param>
public sealed class Sequential(params Module<Tensor, Tensor>[] modules)
    : Module<Tensor, Tensor>, IReadOnlyList<Module<Tensor, Tensor>>
{
    [Name("")]
    private readonly Module<Tensor, Tensor>[] _modules = [.. modules];

    /// <inheritdoc/>
    public int Count => _modules.Length;

    /// <inheritdoc/>
    public Module<Tensor, Tensor> this[int index] => _modules[index];

    /// <inheritdoc/>
    public IEnumerator<Module<Tensor, Tensor>> GetEnumerator() =>
        _modules.AsEnumerable().GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() =>
        GetEnumerator();

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
