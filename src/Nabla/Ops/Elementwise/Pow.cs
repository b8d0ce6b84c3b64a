using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x raised to y, lane by lane.</summary>
public readonly struct PowFn : IBinaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Pow(x, y);
}

/// <summary>x raised to y, elementwise and broadcast.</summary>
public sealed record PowOp : BinaryOp<PowFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static PowOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.All;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? b.Grad * b.X(1) * b.X(0).Pow(b.X(1) - 1) : null,
        b.Needs(1) ? b.Grad * Tensor.Where(b.X(0).Eq(0), 0, b.Y() * b.X(0).Log()) : null,
    ];
}

/// <summary><see cref="PowOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class PowOps
{
    extension(Tensor x)
    {
        /// <summary>x raised to y, elementwise and broadcast.</summary>
        public Tensor Pow(Tensor y) => Elementwise.Binary(PowOp.Instance, x, y);
    }
}
