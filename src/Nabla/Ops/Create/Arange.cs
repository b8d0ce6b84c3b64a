using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>y = Start, Start + Step, …, End: evenly spaced numbers.</summary>
/// <param name="Start">The first.</param>
/// <param name="Step">From one to the next.</param>
/// <param name="End">The last.</param>
/// <param name="Length">How many.</param>
/// <param name="Type">Their type.</param>
public sealed record ArangeOp(double Start, double Step, double End, long Length, DType Type) : Op
{
    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Device.Sequence(Start, Step, End, y[0]);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(new Shape(Length), Type);
}

/// <summary><see cref="ArangeOp"/> as members of <see cref="Tensor"/>.</summary>
public static class ArangeOps
{
    extension(Tensor)
    {
        /// <summary>start, start + step, … before end, as int64: shape (⌈(end − start) / step⌉,).
        /// </summary>
        /// <exception cref="ArgumentException">The step is 0, or leads away from the
        /// end.</exception>
        public static Tensor Arange(long start, long end, long step = 1,
            DType dtype = DType.Int64) =>
            Tensor.Arange((double)start, end, step, dtype);

        /// <summary>0, 1, … n − 1 as int64.</summary>
        /// <exception cref="ArgumentException">n is negative.</exception>
        public static Tensor Arange(long n) => Tensor.Arange(0.0, n, 1, DType.Int64);

        /// <summary>start, start + step, … before end: shape (⌈(end − start) / step⌉,).</summary>
        /// <exception cref="ArgumentException">The step is 0, or leads away from the
        /// end.</exception>
        public static Tensor Arange(double start, double end, double step = 1,
            DType dtype = DType.Float32)
        {
            if (step == 0 || !double.IsFinite(step) || !double.IsFinite(start)
                || !double.IsFinite(end))
            {
                throw new ArgumentException($"Arange: start, end and step are finite and the step "
                    + $"is not 0, got {start}, {end}, {step}");
            }
            if (Math.Sign(end - start) * Math.Sign(step) < 0)
            {
                throw new ArgumentException($"Arange: steps of {step} do not lead from {start} to "
                    + $"{end}; change the step's sign");
            }
            var n = (long)Math.Ceiling((end - start) / step);
            return new ArangeOp(start, step, start + ((n - 1) * step), n, dtype).Apply();
        }

        /// <summary>n evenly spaced numbers from start to end, both included: shape (n,).</summary>
        /// <exception cref="ArgumentException">n is negative, an end is not finite, or the
        /// type is no float.</exception>
        public static Tensor Linspace(double start, double end, long n,
            DType dtype = DType.Float32)
        {
            if (n < 0 || !dtype.IsFloat)
            {
                throw new ArgumentException($"Linspace: makes n ≥ 0 floating-point numbers, got n "
                    + $"= {n} and {dtype.Name}");
            }
            Require.Finite("Linspace", start);
            Require.Finite("Linspace", end);
            var step = n > 1 ? (end - start) / (n - 1) : 0;
            return new ArangeOp(start, step, n == 1 ? start : end, n, dtype).Apply();
        }
    }
}
