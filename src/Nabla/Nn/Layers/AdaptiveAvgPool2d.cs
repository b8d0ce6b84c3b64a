using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y[i, j] = mean x</c> over rows ⌊i·H/OH⌋ … ⌈(i + 1)·H/OH⌉ − 1 and such columns,
/// (N, C, H, W) → (N, C, OH, OW) for any H and W. Source: Lin, Chen, Yan: Network in Network, 2014,
/// section 3.2; <c>torch.nn.AdaptiveAvgPool2d</c>.
/// </summary>
/// <param name="outputSize">OH and OW.</param>
/// <exception cref="ArgumentException">The size is below 1, or calling it where there are
/// no planes.</exception>
public sealed class AdaptiveAvgPool2d(Size2d outputSize) : Module<Tensor, Tensor>
{
    private readonly Size2d _outputSize = outputSize is { Height: > 0, Width: > 0 }
        ? outputSize
        : throw new ArgumentException(
            $"AdaptiveAvgPool2d: the output size must be at least 1, got {outputSize}");

    /// <inheritdoc/>
    protected override string Description => $"output_size={_outputSize}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.AdaptiveAvgPool2d(_outputSize);

    /// <inheritdoc/>
    protected internal override ReceptiveField Window(Shape input, Shape output)
    {
        var (rows, columns) = (input[^2] / output[^2], input[^1] / output[^1]);
        return new ReceptiveField(
            new Size2d(Size(input[^2], output[^2]), Size(input[^1], output[^1])),
            new Size2d(Math.Max(1, rows), Math.Max(1, columns)));

        // Where outputs do not divide inputs, windows share a row.
        static int Size(int size, int outputs) => (size / outputs) + (size % outputs == 0 ? 0 : 2);
    }
}
