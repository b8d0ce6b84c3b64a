using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>An op that draws random numbers; its input is the generator's state.</summary>
/// <param name="Shape">The output's sizes.</param>
/// <param name="Type">The output's element type.</param>
/// <param name="Ordinal">Which random op it is, counted from the state's base.</param>
public abstract record RandomOp(Shape Shape, DType Type, int Ordinal) : Op
{
    /// <inheritdoc/>
    public override Effects Effects => Effects.Random;

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public sealed override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        Draw(y[0], Generator.Key(x[0], Ordinal));

    /// <summary>The type to draw in, for one that is asked for: 16-bit floats are rounded after.
    /// </summary>
    internal static DType DrawnType(string op, DType dtype) => dtype.IsFloat
        ? dtype.Compute
        : throw new ArgumentException($"{op}: draws floating-point numbers, not {dtype.Name}; use "
            + "RandInt or Bernoulli");

    /// <summary>Fills y.</summary>
    internal abstract void Draw(Tensor y, in PhiloxKey key);

    /// <inheritdoc/>
    protected sealed override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(Shape, Type);
}
