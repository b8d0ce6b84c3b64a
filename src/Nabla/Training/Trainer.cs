using Nabla.Data;
using Nabla.Nn;
using Nabla.Ops;
using Nabla.Optim;
using Nabla.Optim.Schedules;
using Nabla.Tensors;

namespace Nabla.Training;

/// <summary>
/// Trains a model: epochs of captured steps, validation, checkpoints. A run is a pure function of
/// the model, the data and the seeds; one that resumes from a checkpoint goes on bit for bit.
/// </summary>
public sealed class Trainer
{
    private readonly Module<Tensor, Tensor> _model;
    private readonly Optimizer _optimizer;
    private readonly TrainerOptions _options;
    private readonly Callback[] _callbacks;
    private readonly TrainingStep _step;
    private readonly Evaluation _evaluation;
    private readonly CheckpointStore? _store;

    /// <summary>Makes a trainer.</summary>
    /// <param name="model">What to train.</param>
    /// <param name="optimizer">What changes its parameters.</param>
    /// <param name="loss">The mean loss, (), of predictions and targets.</param>
    /// <param name="options">How the run goes.</param>
    /// <param name="callbacks">Who looks on, in this order.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public Trainer(Module<Tensor, Tensor> model, Optimizer optimizer,
        Func<Tensor, Tensor, Tensor> loss, TrainerOptions? options = null,
        params Callback[] callbacks)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        _options = options ?? new TrainerOptions();
        _options.Check();
        (_model, _optimizer, _callbacks) = (model, optimizer, callbacks);
        _step = new TrainingStep(model, optimizer, loss, _options);
        _evaluation = new Evaluation(model, loss, _options.Metrics, _options.Eager);
        _store = _options.Folder is { } folder ? new CheckpointStore(folder) : null;
    }

    /// <summary>Trains.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="validation">What choices are made on, if any.</param>
    /// <param name="cancel">Ends the run after the current step; a checkpoint is saved first.
    /// </param>
    /// <returns>Where the run ended.</returns>
    /// <exception cref="DivergedException">The loss or a gradient is not finite.</exception>
    /// <exception cref="InvalidDataException">The checkpoint to resume from is damaged, newer, or
    /// another run's.</exception>
    /// <exception cref="SampleException">A sample can't be read.</exception>
    public TrainingProgress Fit(
        DataLoader data, DataLoader? validation = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
        {
            throw new ArgumentException($"Fit: {data.Data.Count} samples make no batch of "
                + $"{data.BatchSize}; use a smaller batch, or keep the last one");
        }
        var progress = new TrainingProgress(_options.Epochs, data.Count, _options.Metrics);
        Generator.ManualSeed(_options.Seed);
        _store?.Sweep();
        if (_options.Resume)
        {
            Resume(progress, data);
        }
        void Warn(string message) => Tell(c => c.OnWarning(progress, message));
        void WarnEager(string reason) => Warn($"steps run eagerly, and slower: {reason}");
        _step.OnBreak += WarnEager;
        try
        {
            Tell(c => c.OnFitStart(progress));
            while (progress.Epoch < progress.Epochs && progress.StopReason is null
                && !progress.IsInterrupted)
            {
                RunEpoch(progress, data, validation, Warn, cancel);
            }
            Tell(c => c.OnFitEnd(progress));
        }
        finally
        {
            _step.OnBreak -= WarnEager;
            _model.Eval();
        }
        return progress;
    }

    /// <summary>Loss and metrics on other data, in evaluation mode.</summary>
    public Averages Evaluate(DataLoader data, CancellationToken cancel = default) =>
        _evaluation.Run(data.Epoch(0), cancel);

    private void RunEpoch(TrainingProgress progress, DataLoader data, DataLoader? validation,
        Action<string> warn, CancellationToken cancel)
    {
        _model.Train();
        if (progress.StepInEpoch == 0)
        {
            progress.Train.Reset();
        }
        Tell(c => c.OnEpochStart(progress));
        progress.StartClock();
        foreach (var batch in data.Epoch(progress.Epoch, progress.StepInEpoch))
        {
            if (cancel.IsCancellationRequested || progress.StopReason is not null)
            {
                progress.StopClock();
                progress.IsInterrupted = cancel.IsCancellationRequested;
                Save(progress, data, isBest: false);
                return;
            }
            TakeStep(progress, batch, warn);
            Tell(c => c.OnStepEnd(progress));
            if (_options.CheckpointEvery is { } every && progress.Step % every == 0
                && progress.StepInEpoch < progress.StepsPerEpoch)
            {
                progress.StopClock();
                Save(progress, data, isBest: false);
                progress.StartClock();
            }
        }
        progress.StopClock();
        EndEpoch(progress, data, validation);
    }

    private void TakeStep(TrainingProgress progress, Batch batch, Action<string> warn)
    {
        var run = new RunLength(progress.Epochs, progress.StepsPerEpoch);
        var step = progress.Step;
        var rate = _optimizer.BaseLearningRate * _options.Schedule.Factor(step, run);
        if (rate != _optimizer.LearningRate)
        {
            _optimizer.LearningRate = rate;
        }
        Generator.Default.BeginStep(step);
        var isFirst = step == progress.ResumedFromStep;
        var loss = _step.Run(batch.Input, batch.Target);
        if (!double.IsFinite(loss))
        {
            Generator.Default.BeginStep(step);
            throw new DivergedException(step + 1, $"training stopped at step {step + 1} (epoch "
                + $"{progress.Epoch + 1}): the loss or a gradient is not finite: "
                + $"{_step.Diagnose(batch.Input, batch.Target)}; the step was not taken. A lower "
                + "learning rate or clipped gradients may help");
        }
        progress.LearningRate = rate;
        progress.Loss = loss;
        progress.Train.Add(batch.Size, loss, _step.Metrics);
        progress.Count(batch.Size);
        progress.StepInEpoch++;
        if (isFirst && _step.Unreached is { Count: > 0 } unreached)
        {
            warn($"no gradient reaches {string.Join(", ", unreached)}: not used in the loss");
        }
    }

    private void EndEpoch(TrainingProgress progress, DataLoader data, DataLoader? validation)
    {
        // Validation draws no numbers that a resumed run would lack: its step has none.
        progress.Validation = validation is null ? null : _evaluation.Run(validation.Epoch(0));
        var loss = progress.Validation?.Loss ?? progress.Train.Loss;
        var isBest = loss < progress.BestLoss;
        if (isBest)
        {
            progress.BestLoss = loss;
        }
        Tell(c => c.OnEpochEnd(progress));
        progress.Epoch++;
        progress.StepInEpoch = 0;
        Save(progress, data, isBest);
    }

    private void Save(TrainingProgress progress, DataLoader data, bool isBest)
    {
        if (_store is null)
        {
            return;
        }
        var folder = _store.Write(progress.Step, _model.StateDict(), _optimizer.StateDict(),
            CheckpointState.Save(progress, _options, data, _callbacks), isBest,
            _options.KeepCheckpoints);
        Tell(c => c.OnCheckpoint(progress, folder));
    }

    private void Resume(TrainingProgress progress, DataLoader data)
    {
        if (_store?.Last is not { } checkpoint)
        {
            return;
        }
        var state = CheckpointStore.ReadState(checkpoint);
        CheckpointState.Load(state, progress, _options, data, _callbacks);
        try
        {
            _model.LoadStateDict(CheckpointStore.ReadModel(checkpoint));
            _optimizer.LoadStateDict(CheckpointStore.ReadOptimizer(checkpoint));
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException(
                $"{checkpoint} is of another model or optimizer: {e.Message}", e);
        }
    }

    private void Tell(Action<Callback> what)
    {
        foreach (var callback in _callbacks)
        {
            what(callback);
        }
    }
}
