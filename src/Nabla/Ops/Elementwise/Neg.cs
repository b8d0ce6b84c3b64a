using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>−x, lane by lane.</summary>
public readonly struct NegFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => -x;
}

/// <summary>y = −x.</summary>
public sealed record NegOp : UnaryOp<NegFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static NegOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [-b.Grad];
}

/// <summary><see cref="NegOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class NegOps
{
    extension(Tensor)
    {
        /// <summary>−x, elementwise.</summary>
        /// <exception cref="ArgumentException">x is boolean.</exception>
        public static Tensor operator -(Tensor x) => x.DType == DType.Bool
            ? throw new ArgumentException("-: a boolean tensor has no negative; use LogicalNot()")
            : NegOp.Instance.Apply(x);
    }
}
