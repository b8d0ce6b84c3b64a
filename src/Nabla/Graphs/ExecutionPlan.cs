using System.Text;
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

    /// <summary>Where its values lie.</summary>
    public MemoryPlan Memory { get; init; } = new();

    /// <summary>Bytes of all its values.</summary>
    public long Bytes => Memory.Bytes + Memory.ResultBytes;

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

    /// <summary>The kernel calls in order: each with where its inputs lie, as offset + bytes, and
    /// its outputs.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"plan of {_steps.Length} steps in {Memory.Bytes} bytes and "
            + $"{Memory.ResultBytes} bytes of results");
        for (var i = 0; i < _steps.Length; i++)
        {
            if (i == _commit)
            {
                text.AppendLine("  check:");
            }
            text.Append("  ").AppendJoin(", ", _steps[i].Outputs.Select(Memory.Describe))
                .Append(" = ").Append(_steps[i].Op.Name).Append('(')
                .AppendJoin(", ", _steps[i].Inputs.Select(Memory.Describe)).Append(')')
                .AppendLine(Reuse(_steps[i]));
        }
        foreach (var (target, value) in _copies)
        {
            text.AppendLine($"  copy {Memory.Describe(value)} to state {target.Shape}");
        }
        return text.ToString();
    }

    /// <summary>Which outputs are written over which inputs.</summary>
    private static string Reuse(Step step)
    {
        var text = new StringBuilder();
        for (var i = 0; i < step.Outputs.Length; i++)
        {
            var over = Array.FindIndex(step.Inputs, x => x.Storage == step.Outputs[i].Storage);
            if (over >= 0)
            {
                text.Append($"; output {i} over input {over}");
            }
        }
        return text.ToString();
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
