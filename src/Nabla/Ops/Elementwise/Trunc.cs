using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x without its fraction, lane by lane.</summary>
public readonly struct TruncFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Truncate(x);
}

/// <summary>y = x without its fraction; its derivative is 0.</summary>
public sealed record TruncOp : UnaryOp<TruncFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static TruncOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [Elementwise.NoSlope(b)];
}

/// <summary><see cref="TruncOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class TruncOps
{
    extension(Tensor x)
    {
        /// <summary>x without its fraction, elementwise.</summary>
        public Tensor Trunc() => TruncOp.Instance.Apply(x);
    }
}
