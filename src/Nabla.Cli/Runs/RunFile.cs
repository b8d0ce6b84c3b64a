using Nabla.Training;

namespace Nabla.Cli.Runs;

/// <summary>Writes <c>run.json</c> once the run is known to start: a refused resume leaves the
/// former one.</summary>
internal sealed class RunFile(RunInfo info, string folder) : Callback
{
    /// <inheritdoc/>
    public override void OnFitStart(TrainingProgress progress) => info.Write(folder);
}
