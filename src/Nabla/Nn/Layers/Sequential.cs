using Nabla.Autograd;
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
    private readonly Module<Tensor, Tensor>[] _modules =
        Array.IndexOf(modules, null) is >= 0 and var missing
            ? throw new ArgumentException($"Sequential: module {missing} is null")
            : [.. modules];

    /// <inheritdoc/>
    public int Count => _modules.Length;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such module.</exception>
    public Module<Tensor, Tensor> this[int index] => (uint)index < (uint)_modules.Length
        ? _modules[index]
        : throw new ArgumentOutOfRangeException(nameof(index),
            $"Sequential: there is no module {index}; it has {_modules.Length}, numbered from 0");

    /// <inheritdoc/>
    public IEnumerator<Module<Tensor, Tensor>> GetEnumerator() =>
        _modules.AsEnumerable().GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() =>
        GetEnumerator();

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x)
    {
        var isOwn = false;
        foreach (var module in _modules)
        {
            var y = module.Call(x);
            var isSame = ReferenceEquals(y.Storage, x.Storage);
            var keepsNothing = module.KeepsNothing;
            if (isOwn && keepsNothing && !isSame)
            {
                x.Storage.HandOver();
            }
            isOwn = keepsNothing && (isOwn || !isSame) && !IsWatched;
            x = y;
        }
        return x;
    }

    /// <inheritdoc/>
    internal override bool KeepsNothing =>
        !IsHooked && Array.TrueForAll(_modules, static module => module.KeepsNothing);

    /// <summary>Whether somebody may remember tensors of layers that keep none.</summary>
    private static bool IsWatched => Tracer.Current is not null
        || ModuleObserver.Current is not null || Dispatcher.AfterForward is not null;
}
