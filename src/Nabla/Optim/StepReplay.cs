using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// An optimizer's step as a captured graph of the gradients, so that an eager loop, too, changes a
/// parameter and its state in one pass instead of one an operation.
/// </summary>
internal sealed class StepReplay
{
    private bool[] _present = [];
    private Tensor[] _inputs = [];
    private CapturedStep? _step;

    /// <summary>Replays the step, after capturing it if it is new.</summary>
    /// <param name="gradients">One for each parameter, or null.</param>
    /// <param name="advance">The step's operations.</param>
    /// <returns>False when it has to run operation by operation: within another capture, or while
    /// somebody looks at each operation's result.</returns>
    public bool TryRun(Tensor?[] gradients, Action<Tensor?[]> advance)
    {
        if (Tracer.Current is not null || Dispatcher.AfterForward is not null)
        {
            return false;
        }
        if (_step is null || !IsSame(gradients))
        {
            _present = Array.ConvertAll(gradients, g => g is not null);
            _inputs = new Tensor[_present.Count(p => p)];
            _step = new CapturedStep(inputs =>
            {
                advance(Spread(inputs));
                return [];
            });
        }
        var count = 0;
        foreach (var gradient in gradients)
        {
            if (gradient is not null)
            {
                _inputs[count++] = gradient;
            }
        }
        var replayed = _step.TryReplay(_inputs);
        Array.Clear(_inputs);
        return replayed;
    }

    private bool IsSame(Tensor?[] gradients)
    {
        for (var i = 0; i < gradients.Length; i++)
        {
            if (_present[i] != gradients[i] is not null)
            {
                return false;
            }
        }
        return true;
    }

    private Tensor?[] Spread(Tensor[] inputs)
    {
        var next = 0;
        return Array.ConvertAll(_present, present => present ? inputs[next++] : null);
    }
}
