using Nabla.Data.Sources;

namespace Nabla.Data;

/// <summary>A labelled image data set in its three parts.</summary>
/// <param name="Train">What the model learns from.</param>
/// <param name="Validation">What choices are made on: carved from the training images.</param>
/// <param name="Test">What is measured once, at the end.</param>
/// <param name="Info">The images' shape and classes.</param>
public sealed record ImageData(
    Dataset Train, Dataset Validation, Dataset Test, ImageDataset Info)
{
    /// <summary>Takes a validation part out of the training images, equal for equal seeds.
    /// </summary>
    /// <param name="splits">The data as published.</param>
    /// <param name="validation">The share of the training images that validate, 0 … &lt; 1.</param>
    /// <param name="seed">Which part.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public static ImageData From(ImageSplits splits, double validation, ulong seed)
    {
        if (validation is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(validation),
                $"the share of training images to validate on is 0 to below 1, not {validation}");
        }
        var all = new ImageDataset(splits.Train);
        var held = (int)Math.Round(all.Count * validation);
        var parts = Subset.Split(all, seed, all.Count - held, held);
        return new ImageData(parts[0], parts[1], new ImageDataset(splits.Test), all);
    }
}
