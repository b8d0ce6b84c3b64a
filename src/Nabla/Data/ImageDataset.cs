using Nabla.Data.Sources;
using Nabla.Tensors;

namespace Nabla.Data;

/// <summary>Labelled images as samples: x float32 (C, H, W) in [0, 1], label int64 ().</summary>
/// <remarks>The images stay bytes; a batch is converted when it is made.</remarks>
/// <param name="images">The images.</param>
public sealed class ImageDataset(LabelledImages images) : Dataset
{
    private readonly float[] _levels =
        [.. Enumerable.Range(0, 256).Select(level => level / (float)images.Maximum)];

    /// <inheritdoc/>
    public override int Count => images.Count;

    /// <summary>The classes' names, in the order of their numbers.</summary>
    public IReadOnlyList<string> Classes => images.Classes;

    /// <summary>(C, H, W) of every image.</summary>
    public Shape ImageShape => new(images.Channels, images.Height, images.Width);

    /// <inheritdoc/>
    public override unsafe Tensor[] this[int index]
    {
        get
        {
            CheckIndex(index);
            var x = Tensor.Empty(ImageShape);
            Convert(index, (float*)x.Pointer);
            GC.KeepAlive(x);
            return [x, Tensor.Scalar((long)images.Labels[index])];
        }
    }

    /// <inheritdoc/>
    public override unsafe Tensor[] Batch(ReadOnlySpan<int> indices)
    {
        var x = Tensor.Empty(ImageShape.Insert(0, indices.Length));
        var labels = Tensor.Empty(new Shape(indices.Length), DType.Int64);
        var size = ImageShape.Count;
        for (var i = 0; i < indices.Length; i++)
        {
            CheckIndex(indices[i]);
            Convert(indices[i], (float*)x.Pointer + (i * size));
            ((long*)labels.Pointer)[i] = images.Labels[indices[i]];
        }
        GC.KeepAlive(x);
        GC.KeepAlive(labels);
        return [x, labels];
    }

    private unsafe void Convert(int index, float* y)
    {
        foreach (var value in images.Image(index))
        {
            *y++ = _levels[value];
        }
    }
}
