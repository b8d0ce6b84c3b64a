using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x / y; of integers, in float32, lane by lane.</summary>
public readonly struct DivFn : IBinaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => x / y;
}

/// <summary>x / y; of integers, in float32, elementwise and broadcast.</summary>
public sealed record DivOp : BinaryOp<DivFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static DivOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? b.Grad / b.X(1) : null,
        b.Needs(1) ? -b.Grad * b.X(0) / (b.X(1) * b.X(1)) : null,
    ];
}

/// <summary><see cref="DivOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class DivOps
{
    extension(Tensor)
    {
        /// <summary>x / y; of integers, in float32, elementwise and broadcast.</summary>
        public static Tensor operator /(Tensor x, Tensor y) =>
            Elementwise.FloatBinary(DivOp.Instance, x, y);
    }
}
