using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// A graph with its memory: every value is bound to a tensor, so that a replay calls kernels one
/// after another and allocates nothing.
/// </summary>
internal sealed class ExecutionPlan
{
    private readonly Step[] _steps;
    private readonly int _commit;
    private readonly Tensor[] _inputs;
    private readonly Tensor[] _outputs;
    private readonly (Tensor Target, Tensor Value)[] _copies;

    internal ExecutionPlan(Step[] steps, int commit, Tensor[] inputs, Tensor[] outputs,
        (Tensor Target, Tensor Value)[] copies, Storage[] written)
    {
        _steps = steps;
        _commit = commit;
        _inputs = inputs;
        _outputs = outputs;
        _copies = copies;
        Written = written;
    }

    /// <summary>What the step returned, overwritten by each replay.</summary>
    public ReadOnlySpan<Tensor> Outputs => _outputs;

    /// <summary>The kernel calls, in order.</summary>
    public ReadOnlySpan<Step> Steps => _steps;

    /// <summary>Storages that a replay changes.</summary>
    public Storage[] Written { get; }

    /// <summary>Bytes of all buffers of the plan.</summary>
    public long Bytes { get; init; }

    /// <summary>
    /// Runs the step. Nothing that changes state runs before <paramref name="check"/>, nor after it
    /// when it refuses.
    /// </summary>
    /// <returns>Whether the state changes were committed.</returns>
    public bool Run(ReadOnlySpan<Tensor> inputs, Func<Tensor, bool>? check)
    {
        for (var i = 0; i < _inputs.Length; i++)
        {
            inputs[i].Device.Copy(inputs[i], _inputs[i]);
        }
        for (var i = 0; i < _commit; i++)
        {
            Run(_steps[i]);
        }
        var isCommitted = check is null || _outputs.Length == 0 || check(_outputs[0]);
        for (var i = _commit; i < _steps.Length; i++)
        {
            if (isCommitted || !_steps[i].WritesState)
            {
                Run(_steps[i]);
            }
        }
        if (!isCommitted)
        {
            return false;
        }
        foreach (var (target, value) in _copies)
        {
            target.Device.Copy(value, target);
        }
        foreach (var storage in Written)
        {
            storage.Version++;
        }
        return true;
    }

    private static void Run(in Step step)
    {
        step.Op.Forward(step.Inputs, step.Outputs);
        if (Dispatcher.AfterForward is { } after)
        {
            foreach (var y in step.Outputs)
            {
                after(step.Op, y);
            }
        }
    }

    /// <summary>One kernel call.</summary>
    internal readonly record struct Step(Op Op, Tensor[] Inputs, Tensor[] Outputs)
    {
        /// <summary>Whether an output lies in state.</summary>
        public bool WritesState { get; init; }
    }
}
