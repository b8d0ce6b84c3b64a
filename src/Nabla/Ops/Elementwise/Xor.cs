using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x exclusive-or y, bit by bit (booleans: logically), lane by lane.</summary>
public readonly struct XorFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Xor(x, y);
}

/// <summary>x exclusive-or y, bit by bit (booleans: logically).</summary>
public sealed record XorOp : BinaryOp<XorFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static XorOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;
}

/// <summary><see cref="XorOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class XorOps
{
    extension(Tensor)
    {
        /// <summary>x exclusive-or y, bit by bit (booleans: logically), elementwise and
        /// broadcast.</summary>
        /// <exception cref="ArgumentException">An operand is floating point.</exception>
        public static Tensor operator ^(Tensor x, Tensor y) =>
            Elementwise.Bitwise("^", XorOp.Instance, x, y);
    }

    extension(Tensor x)
    {
        /// <summary>x exclusive-or y, bit by bit (booleans: logically), elementwise and
        /// broadcast.</summary>
        /// <exception cref="ArgumentException">An operand is floating point.</exception>
        public Tensor BitwiseXor(Tensor y) => x ^ y;

        /// <summary>Logical exclusive or of x ≠ 0 and y ≠ 0, elementwise and broadcast.</summary>
        public Tensor LogicalXor(Tensor y) => x.To(DType.Bool) ^ y.To(DType.Bool);
    }
}
