using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>y = ln Σ eˣ over the last dimensions, in which the target has size 1.</summary>
/// <param name="Target">The output's shape: the input's, with the last sizes 1.</param>
public sealed record LogSumExpOp(Shape Target) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.LogSumExp(x[0], y[0]);

    /// <summary>∂x = ∂y · softmax x: exp(x − y) would lose the digits that y has rounded off.
    /// </summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var x = b.X();
        return [b.Grad * x.Reshape(Target.Count, -1).Softmax().Reshape(x.Shape)];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        FloatInputs.Check("LogSumExp", x);
        return new(Axes.NotEmpty("LogSumExp", x[0].Shape, Target), x[0].DType);
    }
}

/// <summary>Logarithms of sums of exponentials as members of <see cref="Tensor"/>.</summary>
public static class LogSumExpOps
{
    /// <summary>Longer rows are shared over threads, which takes reductions.</summary>
    private const long LongestRow = 1 << 16;

    extension(Tensor x)
    {
        /// <summary>ln Σ exp x over some dimensions, without overflow; −∞ over nothing.</summary>
        /// <param name="dims">The dimensions; none: all.</param>
        /// <param name="keepDim">Whether they stay, with size 1.</param>
        /// <exception cref="ArgumentException">A dimension is missing or named twice.</exception>
        public Tensor LogSumExp(ReadOnlySpan<int> dims, bool keepDim = false)
        {
            var real = x.DType.IsFloat ? x : x.Float();
            var target = Axes.Kept("LogSumExp", x.Shape, dims);
            var y = IsRows(real, target) ? new LogSumExpOp(target).Apply(real)
                : Composed(real, dims);
            return Axes.Fit(y, x.Shape, dims, keepDim);
        }

        /// <summary>ln Σ exp x over one dimension.</summary>
        public Tensor LogSumExp(int dim, bool keepDim = false) => x.LogSumExp([dim], keepDim);
    }

    /// <summary>Whether what is folded are rows, neither too long nor in 16 bits.</summary>
    private static bool IsRows(Tensor x, Shape target)
    {
        var kept = target.Rank;
        while (kept > 0 && target.Dims[kept - 1] == 1)
        {
            kept--;
        }
        return x.Count > 0 && x.DType == x.DType.Compute && x.Count / target.Count <= LongestRow
            && target.Dims[..kept].SequenceEqual(x.Shape.Dims[..kept]);
    }

    private static Tensor Composed(Tensor x, ReadOnlySpan<int> dims)
    {
        if (x.Count == 0)
        {
            return x.Exp().Sum(dims, true).Log();
        }
        // ln Σ exp x = m + ln Σ exp(x − m) for every m: as a constant it needs no gradient.
        var largest = x.Detach().Amax(dims, true);
        var shift = Tensor.Where(largest.IsFinite(), largest, 0);
        return (x - shift).Exp().Sum(dims, true).Log() + shift;
    }
}
