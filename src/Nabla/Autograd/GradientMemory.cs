using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>
/// Recycles the gradients of a backward pass as soon as the op they were for has used them, instead
/// of waiting for a garbage collection: their memory is still in the cache. Only what this pass
/// made is recycled, and nothing that a caller, a hook or an op of another assembly has seen.
/// </summary>
internal sealed class GradientMemory
{
    private readonly long _first = Storage.NextId;
    private readonly Dictionary<Storage, int> _waiting = [];
    private readonly HashSet<Storage> _given = [];

    /// <summary>Notes that somebody outside may hold a gradient.</summary>
    /// <returns>Whether nobody did before: no two callers may share memory.</returns>
    public bool Give(Tensor gradient) => _given.Add(gradient.Storage);

    /// <summary>Whether the pass made a gradient, and it waits for nobody but the one that looks.
    /// </summary>
    public bool IsLast(Tensor gradient) =>
        _waiting.TryGetValue(gradient.Storage, out var times) && times == 1;

    /// <summary>Notes that a gradient waits to be used, once more.</summary>
    public void Enter(Tensor gradient)
    {
        if (IsOwn(gradient.Storage))
        {
            _waiting[gradient.Storage] = _waiting.GetValueOrDefault(gradient.Storage) + 1;
        }
    }

    /// <summary>Notes that a gradient was used, and recycles what nobody waits for.</summary>
    public void Leave(Tensor gradient)
    {
        var storage = gradient.Storage;
        if (!_waiting.TryGetValue(storage, out var times))
        {
            return;
        }
        if (times > 1)
        {
            _waiting[storage] = times - 1;
            return;
        }
        _waiting.Remove(storage);
        if (!_given.Contains(storage))
        {
            storage.Release("the backward pass that made it");
        }
    }

    /// <summary>A gradient's memory that was there before may be anyone's.</summary>
    private bool IsOwn(Storage storage) => storage.Id >= _first && !storage.IsSymbolic;
}
