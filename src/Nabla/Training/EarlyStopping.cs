using System.Text.Json.Nodes;

namespace Nabla.Training;

/// <summary>Ends a run when the validation loss (without validation data, the training loss) has
/// not fallen for some epochs. Source: Prechelt (1998), "Early stopping — but when?".</summary>
public sealed class EarlyStopping : Callback
{
    private readonly int _patience;
    private readonly double _least;
    private double _best = double.PositiveInfinity;
    private int _waited;

    /// <summary>Makes the callback.</summary>
    /// <param name="patience">Epochs to wait, 1 or more.</param>
    /// <param name="least">By how much the loss must fall to count.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public EarlyStopping(int patience, double least = 0)
    {
        if (patience < 1 || !(least >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(patience), "EarlyStopping: patience is 1 "
                + $"epoch or more and the least fall 0 or more, but got {patience} and {least}");
        }
        (_patience, _least) = (patience, least);
    }

    /// <summary>A run that had ended stays so when it is resumed.</summary>
    public override void OnFitStart(TrainingProgress progress) => Decide(progress);

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingProgress progress)
    {
        var loss = progress.Validation?.Loss ?? progress.Train.Loss;
        if (loss < _best - _least)
        {
            (_best, _waited) = (loss, 0);
        }
        else
        {
            _waited++;
        }
        Decide(progress);
    }

    /// <inheritdoc/>
    public override JsonNode? Save() => new JsonObject
    {
        ["best"] = double.IsFinite(_best) ? JsonValue.Create(_best) : null,
        ["waited"] = _waited,
    };

    /// <inheritdoc/>
    public override void Load(JsonNode state)
    {
        _best = state["best"]?.GetValue<double>() ?? double.PositiveInfinity;
        _waited = state["waited"]!.GetValue<int>();
    }

    private void Decide(TrainingProgress progress)
    {
        if (_waited >= _patience)
        {
            progress.StopReason ??= $"the loss has not fallen for {_waited} epochs";
        }
    }
}
