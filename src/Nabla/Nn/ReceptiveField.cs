using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// How much of an image one output pixel sees, and how far apart two neighbours look. Layers in a
/// row grow it: <c>size = size₁ + (size₂ − 1)·step₁</c>, <c>step = step₁·step₂</c>. Source: Araujo,
/// Norris, Sim: Computing Receptive Fields of Convolutional Neural Networks, Distill, 2019.
/// </summary>
/// <param name="Size">Rows and columns of pixels, border included.</param>
/// <param name="Step">Pixels from one output to the next.</param>
public readonly record struct ReceptiveField(Size2d Size, Size2d Step)
{
    /// <summary>An output pixel that sees the input pixel of its place: elementwise layers.
    /// </summary>
    public static ReceptiveField Pixel => new(1, 1);

    /// <summary>The field of a window of taps.</summary>
    public static ReceptiveField Window(Size2d kernel, Size2d stride, Size2d dilation) => new(
        new Size2d(((kernel.Height - 1) * dilation.Height) + 1,
            ((kernel.Width - 1) * dilation.Width) + 1),
        stride);

    /// <summary>The field in the input of this layer of a layer that follows it.</summary>
    public ReceptiveField Then(ReceptiveField next) => new(
        new Size2d(Size.Height + ((next.Size.Height - 1) * Step.Height),
            Size.Width + ((next.Size.Width - 1) * Step.Width)),
        new Size2d(Step.Height * next.Step.Height, Step.Width * next.Step.Width));

    /// <summary>What an output sees that looks through both.</summary>
    public ReceptiveField And(ReceptiveField other) => new(Max(Size, other.Size),
        Max(Step, other.Step));

    private static Size2d Max(Size2d a, Size2d b) =>
        new(Math.Max(a.Height, b.Height), Math.Max(a.Width, b.Width));
}
