using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// <see cref="BatchNormBackwardOp"/> for a gradient that it computes first, and gives to others as
/// its last output: g = gy + other, and 0 where a ReLU's output is not above 0. Inputs gy, x, mean,
/// invStd, the weight if there is one, then other and the ReLU's output; either may be left out.
/// </summary>
/// <param name="IsAffine">Whether there is a weight.</param>
/// <param name="HasSum">Whether there is another gradient to add.</param>
/// <param name="HasMask">Whether the last input is a ReLU's output.</param>
internal sealed record JoinedBatchNormBackward(bool IsAffine, bool HasSum, bool HasMask) : Op
{
    public override string Name => "JoinedBatchNormBackward["
        + string.Join(' ', new[] { HasSum ? "Add" : "", HasMask ? "Where" : "" }
            .Where(part => part.Length > 0)) + "]";

    public override int OutputCount => IsAffine ? 4 : 2;

    public override bool IsDifferentiable => false;

    private int Other => IsAffine ? 5 : 4;

    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = y[^1] = Infer(x);
        y[1..^1].Fill(TensorSpec.Of(x[2]));
        foreach (var tensor in x[Other..])
        {
            if (TensorSpec.Of(tensor) != y[0])
            {
                throw new ArgumentException($"{Name} expects a gradient and a ReLU's output "
                    + $"{y[0].Shape} but got {tensor.Shape}");
            }
        }
    }

    /// <summary>The gradient for x may lie where x did, read last; g where a gradient did.
    /// </summary>
    public override bool MayOverwrite(int output, int input) => output == 0
        ? input == 1
        : output == OutputCount - 1 && (input == 0 || (HasSum && input == Other));

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.BatchNormBackward(x[0], x[1], IsAffine ? x[4] : null, x[2], x[3], y[0],
            IsAffine ? y[1] : null, IsAffine ? y[2] : null, joined: y[^1],
            other: HasSum ? x[Other] : null, mask: HasMask ? x[^1] : null);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[1]);
}
