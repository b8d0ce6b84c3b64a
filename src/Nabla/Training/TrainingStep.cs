using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Training;

/// <summary>One step: forward, backward, update; captured unless asked otherwise. A step whose loss
/// or gradients are not finite changes nothing.</summary>
internal sealed class TrainingStep
{
    private readonly Module<Tensor, Tensor> _model;
    private readonly Optimizer _optimizer;
    private readonly Func<Tensor, Tensor, Tensor> _loss;
    private readonly TrainerOptions _options;
    private readonly CapturedStep _captured;
    private readonly double[] _metrics;
    private List<string>? _unreached;
    private bool _isDiagnosing;

    public TrainingStep(Module<Tensor, Tensor> model, Optimizer optimizer,
        Func<Tensor, Tensor, Tensor> loss, TrainerOptions options)
    {
        (_model, _optimizer, _loss, _options) = (model, optimizer, loss, options);
        _metrics = new double[options.Metrics.Count];
        _captured = new CapturedStep(Compute) { Check = loss => double.IsFinite(Read(loss)) };
    }

    /// <summary>Says once why steps run eagerly.</summary>
    public event Action<string>? OnBreak
    {
        add => _captured.OnBreak += value;
        remove => _captured.OnBreak -= value;
    }

    /// <summary>The last step's metrics, summed over its batch.</summary>
    public ReadOnlySpan<double> Metrics => _metrics;

    /// <summary>Parameters that got no gradient, known after the first step.</summary>
    public IReadOnlyList<string> Unreached => _unreached ?? [];

    /// <summary>Takes a step.</summary>
    /// <returns>The batch's mean loss; not finite when the step was not taken.</returns>
    public double Run(Tensor input, Tensor target)
    {
        ReadOnlySpan<Tensor> outputs;
        if (!_options.Eager && _captured.TryReplay(input, target))
        {
            outputs = _captured.Outputs;
        }
        else
        {
            outputs = RunEagerly(input, target);
        }
        for (var i = 0; i < _metrics.Length; i++)
        {
            _metrics[i] = Read(outputs[i + 1]);
        }
        return Read(outputs[0]);
    }

    private Tensor[] RunEagerly(Tensor input, Tensor target)
    {
        var buffers = Buffers();
        var outputs = Compute([input, target]);
        if (!double.IsFinite(Read(outputs[0])))
        {
            Restore(buffers);
        }
        _optimizer.ZeroGrad();
        return outputs;
    }

    /// <summary>Names what first went wrong in a step that was not taken.</summary>
    public string Diagnose(Tensor input, Tensor target)
    {
        if (!AnomalyMode.IsFinite(input))
        {
            return "the batch's input holds a NaN or infinity";
        }
        foreach (var (name, parameter) in _model.NamedParameters())
        {
            if (!AnomalyMode.IsFinite(parameter))
            {
                return $"the parameter {name} holds a NaN or infinity";
            }
        }
        var buffers = Buffers();
        _isDiagnosing = true;
        try
        {
            AnomalyMode.Detect(() => Compute([input, target]));
            return "no single op made it";
        }
        catch (AnomalyException e)
        {
            return e.Message;
        }
        finally
        {
            _isDiagnosing = false;
            _optimizer.ZeroGrad();
            Restore(buffers);
        }
    }

    private Tensor[] Compute(Tensor[] inputs)
    {
        _optimizer.ZeroGrad();
        var prediction = _model.Call(inputs[0]);
        var loss = _loss(prediction, inputs[1]);
        loss.Backward();
        _unreached ??= [.. _model.NamedParameters()
            .Where(p => p.Parameter.RequiresGrad && GradState.Of(p.Parameter)?.PeekGrad() is null)
            .Select(p => p.Name)];
        using (GradMode.NoGrad())
        {
            if (_options.ClipValue is { } value)
            {
                _optimizer.ClipGradValue(value);
            }
            var norm = _options.ClipNorm is { } max
                ? _optimizer.ClipGradNorm(max)
                : _optimizer.GradNorm();
            // A bad gradient makes the loss that is looked at a NaN; a good one leaves it as it is.
            var guarded = loss.Detach() + (0 * norm);
            if (Graphs.Capture.IsActive
                || (!_isDiagnosing && double.IsFinite(Read(guarded))))
            {
                _optimizer.Step();
            }
            var answer = prediction.Detach();
            return [guarded, .. _options.Metrics.Select(m => m.Sum(answer, inputs[1]))];
        }
    }

    private Tensor[] Buffers() => [.. _model.Buffers().Select(b => b.Clone())];

    private void Restore(Tensor[] buffers)
    {
        using (GradMode.NoGrad())
        {
            foreach (var (buffer, before) in _model.Buffers().Zip(buffers))
            {
                buffer.Assign(before);
            }
        }
    }

    private static double Read(Tensor scalar) => scalar.Item<double>();
}
