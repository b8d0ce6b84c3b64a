using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// The cross-entropy of logits x (N, C, …) with class numbers t (N, …) and, if given, class weights
/// w (C,): with p = softmax(x), (1 − ε)·w[t]·(−log p[t]) + ε/C · Σ w[c]·(−log p[c]) for each target
/// and 0 for an ignored one; the mean divides by Σ w[t]. Outputs: the loss, and two that its
/// gradient needs, which carry none.
/// </summary>
/// <param name="Settings">What is ignored, smoothed and reduced.</param>
public sealed record CrossEntropyOp(CrossEntropySettings Settings) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => 3;

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs + Saves.Output(1) + Saves.Output(2);

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        y[1] = new TensorSpec(new Shape([2, .. x[1].Shape.Dims]), x[0].DType);
        y[2] = new TensorSpec(Shape.Scalar, x[0].DType);
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.CrossEntropy(
            x[0], x[1], x.Length > 2 ? x[2] : null, y[0], y[1], y[2], Settings);

    /// <summary>
    /// ∂x[c] = g·((1 − ε)·w[t]·(p[c] − [c = t]) + ε/C·(p[c]·Σ w − w[c])), g = ∂loss / divisor.
    /// </summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var gradients = new Tensor?[b.InputCount];
        if (b.GradOf(0) is not { } gy)
        {
            return gradients;
        }
        if (GradMode.IsEnabled)
        {
            gradients[0] = Composed(b, gy);
            return gradients;
        }
        var op = new CrossEntropyBackwardOp(Settings);
        gradients[0] = b.InputCount == 2
            ? op.Apply(gy, b.X(0), b.X(1), b.Y(1), b.Y(2))
            : op.Apply(gy, b.X(0), b.X(1), b.Y(1), b.Y(2), b.X(2));
        return gradients;
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(Settings.IsReduced ? Shape.Scalar : x[1].Shape, x[0].DType);

    /// <summary>The same in ops that have gradients of their own.</summary>
    private Tensor Composed(Backprop b, Tensor gy)
    {
        var (x, target) = (b.X(0), b.X(1).Unsqueeze(1));
        var classes = x.Shape[1];
        var rest = Enumerable.Repeat(1L, x.Rank - 2);
        var numbers = Tensor.From<long>(
            [.. Enumerable.Range(0, classes).Select(c => (long)c)], new Shape([classes, .. rest]));
        var chosen = target.Eq(numbers).To(x.DType);
        var weight = b.InputCount == 2
            ? Tensor.Ones(new Shape([classes, .. rest]), x.DType)
            : b.X(2).Reshape(new Shape([classes, .. rest]));
        var p = x.Softmax(1);
        var sharp = (chosen * weight).Sum(1, keepDim: true) * (p - chosen);
        var smooth = (p * weight.Sum()) - weight;
        var counted = target.Ne(Settings.IgnoreIndex).To(x.DType);
        var g = (Settings.IsReduced ? gy : gy.Unsqueeze(1)) / b.Y(2).Detach();
        return g * counted
            * ((sharp * (1 - Settings.Smoothing)) + (smooth * (Settings.Smoothing / classes)));
    }
}

/// <summary>The gradient of <see cref="CrossEntropyOp"/> for its logits, from the loss's gradient,
/// logits, targets, what the forward saved, the divisor and, if there are, weights.</summary>
/// <param name="Settings">Those of the forward.</param>
public sealed record CrossEntropyBackwardOp(CrossEntropySettings Settings) : Op
{
    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.CrossEntropyBackward(
            x[0], x[1], x[2], x.Length > 5 ? x[5] : null, x[3], x[4], y[0], Settings);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[1]);
}

/// <summary><see cref="CrossEntropyOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class CrossEntropyOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The cross-entropy of logits (N, C, …), or (C,), as
        /// <c>torch.nn.functional.cross_entropy</c>. It never overflows.
        /// </summary>
        /// <param name="target">Class numbers (N, …) of an integer type, or probabilities of the
        /// logits' shape.</param>
        /// <param name="weight">A weight for each class (C,), or null for 1.</param>
        /// <param name="ignoreIndex">The class number that counts for nothing.</param>
        /// <param name="reduction">What to make of the losses; the mean is weighted.</param>
        /// <param name="labelSmoothing">ε in [0, 1]: the share of the target that is spread over
        /// all classes.</param>
        /// <exception cref="ArgumentException">Shapes, types or settings do not fit, or a target
        /// is no class.</exception>
        public Tensor CrossEntropy(Tensor target, Tensor? weight = null, long ignoreIndex = -100,
            Reduction reduction = Reduction.Mean, double labelSmoothing = 0)
        {
            var isSingle = x.Rank == 1;
            var logits = isSingle ? x.Unsqueeze(0) : x;
            var targets = isSingle ? target.Unsqueeze(0) : target;
            Reductions.Check(reduction);
            Check(logits, targets, weight, labelSmoothing);
            var y = targets.DType.IsFloat
                ? OfProbabilities(logits, targets, weight, reduction, labelSmoothing)
                : OfClasses(logits, targets.Long(), weight, new CrossEntropySettings(ignoreIndex,
                    labelSmoothing, reduction != Reduction.None, reduction == Reduction.Mean));
            return isSingle && reduction == Reduction.None ? y.Squeeze(0) : y;
        }
    }

    private static Tensor OfClasses(
        Tensor x, Tensor target, Tensor? weight, CrossEntropySettings settings)
    {
        var op = new CrossEntropyOp(settings);
        return weight is null ? op.ApplyAll(x, target)[0] : op.ApplyAll(x, target, weight)[0];
    }

    private static Tensor OfProbabilities(
        Tensor x, Tensor target, Tensor? weight, Reduction reduction, double smoothing)
    {
        var smooth = smoothing == 0
            ? target
            : (target * (1 - smoothing)) + (smoothing / x.Shape[1]);
        var each = -(x.LogSoftmax(1) * smooth);
        if (weight is not null)
        {
            each *= weight.Reshape(new Shape(
                [weight.Count, .. Enumerable.Repeat(1L, x.Rank - 2)]));
        }
        return each.Sum(1).Reduce(reduction);
    }

    private static void Check(Tensor x, Tensor target, Tensor? weight, double smoothing)
    {
        var isProbabilities = target.DType.IsFloat;
        if (x.Rank < 2 || target.Shape != (isProbabilities ? x.Shape : x.Shape.Without(1)))
        {
            throw new ArgumentException("CrossEntropy expects logits (N, C, …) with class numbers "
                + "(N, …) of an integer type, or with probabilities of the logits' shape, but got "
                + $"{x.Shape} with {target.Shape} of {target.DType.Name}");
        }
        if (weight is not null && weight.Shape != new Shape(x.Shape[1]))
        {
            throw new ArgumentException($"CrossEntropy: logits {x.Shape} expect weights "
                + $"({x.Shape[1]},) but got {weight.Shape}");
        }
        if (!(smoothing >= 0 && smoothing <= 1))
        {
            throw new ArgumentException(
                $"CrossEntropy: label smoothing lies in [0, 1], got {smoothing}");
        }
        FloatInputs.Check("CrossEntropy", weight is null ? [x] : [x, weight]);
    }
}
