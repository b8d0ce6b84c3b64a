using Nabla.Models;
using Nabla.Tensors;

namespace Nabla.Cli.Runs;

/// <summary>Whether images fit a model.</summary>
internal static class ModelInput
{
    /// <summary>Says which models take the images when this one does not.</summary>
    /// <exception cref="UsageException">They do not fit.</exception>
    public static void Check(ModelEntry model, string data, Shape image)
    {
        if (model.Input == image)
        {
            return;
        }
        var fitting = ModelZoo.All.Where(other => other.Input == image)
            .Select(other => other.Name).Order(StringComparer.Ordinal);
        throw new UsageException($"{model.Name} takes images of {model.Input}, but {data} has " +
            $"{image}; models that fit: {string.Join(", ", fitting.DefaultIfEmpty("none"))}.");
    }
}
