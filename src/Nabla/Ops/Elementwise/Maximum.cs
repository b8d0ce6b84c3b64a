using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>max(x, y); NaN wins, lane by lane.</summary>
public readonly struct MaximumFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Max(x, y);
}

/// <summary>z = max(x, y), broadcast; NaN wins, and equals share the gradient.</summary>
public sealed record MaximumOp : BinaryOp<MaximumFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static MaximumOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? Shared(b, b.X(0), b.X(1)) : null,
        b.Needs(1) ? Shared(b, b.X(1), b.X(0)) : null,
    ];

    private static Tensor Shared(Backprop b, Tensor x, Tensor y) =>
        Tensor.Where(x > y, b.Grad, Tensor.Where(x.Eq(y), b.Grad * 0.5, 0));
}

/// <summary><see cref="MaximumOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class MaximumOps
{
    extension(Tensor x)
    {
        /// <summary>max(x, y), elementwise and broadcast; NaN wins, and equals share the gradient.
        /// </summary>
        public Tensor Maximum(Tensor y) => Elementwise.Binary(MaximumOp.Instance, x, y);
    }
}
