using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A copy shifted along a dimension; what leaves at one end enters at the other.</summary>
/// <param name="Shift">How far; negative towards the start.</param>
/// <param name="Dim">The dimension, not negative.</param>
public sealed record RollOp(long Shift, int Dim) : Op
{
    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Roll(x[0], Dim, Shift, y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [new RollOp(-Shift, Dim).Apply(b.Grad)];

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
}

/// <summary><see cref="RollOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class RollOps
{
    extension(Tensor x)
    {
        /// <summary>y[(i + shift) mod n] = x[i] along a dimension.</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public Tensor Roll(long shift, int dim) => new RollOp(shift, x.Shape.Axis(dim)).Apply(x);

        /// <summary>Shifts along several dimensions, one after another.</summary>
        /// <exception cref="ArgumentException">A dimension does not exist, or the lists differ in
        /// length.</exception>
        public Tensor Roll(ReadOnlySpan<long> shifts, ReadOnlySpan<int> dims)
        {
            if (shifts.Length != dims.Length)
            {
                throw new ArgumentException($"Roll: {shifts.Length} shifts do not fit "
                    + $"{dims.Length} dimensions; give one shift a dimension");
            }
            var y = x;
            for (var i = 0; i < dims.Length; i++)
            {
                y = y.Roll(shifts[i], dims[i]);
            }
            return y;
        }
    }
}
