using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The integer part of x, lane by lane.</summary>
public readonly struct TruncFn : IUnaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Truncate(x);
}

/// <summary>y = The integer part of x.</summary>
public sealed record TruncOp : UnaryOp<TruncFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static TruncOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad * 0];
}

/// <summary><see cref="TruncOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class TruncOps
{
    extension(Tensor x)
    {
        /// <summary>The integer part of x, elementwise.</summary>
        public Tensor Trunc() => TruncOp.Instance.Apply(x);
    }
}
