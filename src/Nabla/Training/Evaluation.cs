using Nabla.Autograd;
using Nabla.Data;
using Nabla.Graphs;
using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Training;

/// <summary>Measures a model without changing it.</summary>
public sealed class Evaluation
{
    private readonly Module<Tensor, Tensor> _model;
    private readonly CapturedStep? _captured;
    private readonly Func<Tensor[], Tensor[]> _step;
    private readonly IReadOnlyList<Metric> _metrics;

    /// <summary>Makes an evaluation.</summary>
    /// <param name="model">What to measure.</param>
    /// <param name="loss">The mean loss, (), of predictions and targets.</param>
    /// <param name="metrics">What else to measure.</param>
    /// <param name="eager">Run op by op instead of captured.</param>
    public Evaluation(Module<Tensor, Tensor> model, Func<Tensor, Tensor, Tensor> loss,
        IReadOnlyList<Metric> metrics, bool eager = false)
    {
        (_model, _metrics) = (model, metrics);
        _step = inputs =>
        {
            using (GradMode.NoGrad())
            {
                var prediction = model.Call(inputs[0]);
                return [loss(prediction, inputs[1]),
                    .. metrics.Select(m => m.Sum(prediction, inputs[1]))];
            }
        };
        _captured = eager ? null : new CapturedStep(_step);
    }

    /// <summary>Loss and metrics over all batches, in evaluation mode; the mode is as before
    /// afterwards.</summary>
    public Averages Run(IEnumerable<Batch> batches, CancellationToken cancel = default)
    {
        var averages = new Averages(_metrics);
        var sums = new double[_metrics.Count];
        var wasTraining = _model.IsTraining;
        _model.Eval();
        try
        {
            foreach (var batch in batches)
            {
                cancel.ThrowIfCancellationRequested();
                Tensor[] inputs = [batch.Input, batch.Target];
                var outputs = _captured?.TryReplay(inputs) == true
                    ? _captured.Outputs
                    : _step(inputs);
                for (var i = 0; i < sums.Length; i++)
                {
                    sums[i] = outputs[i + 1].Item<double>();
                }
                averages.Add(batch.Size, outputs[0].Item<double>(), sums);
            }
        }
        finally
        {
            _model.Train(wasTraining);
        }
        return averages;
    }
}
