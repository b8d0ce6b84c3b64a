using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x − y, lane by lane.</summary>
public readonly struct SubFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => x - y;
}

/// <summary>z = x − y, broadcast.</summary>
public sealed record SubOp : BinaryOp<SubFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SubOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? b.Grad : null,
        b.Needs(1) ? -b.Grad : null,
    ];
}

/// <summary><see cref="SubOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SubOps
{
    extension(Tensor)
    {
        /// <summary>x − y, elementwise and broadcast.</summary>
        /// <exception cref="ArgumentException">Both are boolean.</exception>
        public static Tensor operator -(Tensor x, Tensor y) =>
            x.DType == DType.Bool && y.DType == DType.Bool
                ? throw new ArgumentException("-: two boolean tensors have no difference; use ^ "
                    + "(exclusive or), or convert one with To")
                : Elementwise.Binary(SubOp.Instance, x, y);
    }

    extension(Tensor x)
    {
        /// <summary>x ← x − y, in place; y broadcasts to x.</summary>
        /// <exception cref="ArgumentException">y is larger than x, or the result is of a kind that
        /// x cannot hold (a fraction in an integer).</exception>
        public void operator -=(Tensor y) => Elementwise.Update("-=", x, x - y);
    }
}
