using Nabla.Nn;
using Nabla.Tensors;
using Nabla.Training;

namespace Nabla.Cli.Runs;

/// <summary>The model of a run, with the weights of its last or best checkpoint.</summary>
internal sealed record TrainedModel(RunInfo Info, Module<Tensor, Tensor> Model)
{
    /// <summary>Loads it, in evaluation mode.</summary>
    /// <exception cref="IOException">There is no run, or it has no checkpoint yet.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or of another model.</exception>
    public static TrainedModel Load(string folder, bool best)
    {
        var info = RunInfo.Read(folder);
        var store = new CheckpointStore(folder);
        var checkpoint = (best ? store.Best : store.Last)
            ?? throw new FileNotFoundException(
                $"{folder} has no {(best ? "best" : "last")} checkpoint yet; train it first.");
        var model = Choice.Model(info.Model).Create(info.Classes.Count);
        try
        {
            model.LoadStateDict(CheckpointStore.ReadModel(checkpoint));
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException(
                $"{checkpoint} is a checkpoint of another model than {info.Model}: {e.Message}", e);
        }
        model.Eval();
        return new TrainedModel(info, model);
    }
}
