using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x or y, bit by bit (booleans: logically), lane by lane.</summary>
public readonly struct OrFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Or(x, y);
}

/// <summary>x or y, bit by bit (booleans: logically).</summary>
public sealed record OrOp : BinaryOp<OrFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static OrOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;
}

/// <summary><see cref="OrOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class OrOps
{
    extension(Tensor)
    {
        /// <summary>x or y, bit by bit (booleans: logically), elementwise and broadcast.</summary>
        /// <exception cref="ArgumentException">An operand is floating point.</exception>
        public static Tensor operator |(Tensor x, Tensor y) =>
            Elementwise.Bitwise("|", OrOp.Instance, x, y);
    }

    extension(Tensor x)
    {
        /// <summary>x or y, bit by bit (booleans: logically), elementwise and broadcast.</summary>
        /// <exception cref="ArgumentException">An operand is floating point.</exception>
        public Tensor BitwiseOr(Tensor y) => x | y;

        /// <summary>Logical or of x ≠ 0 and y ≠ 0, elementwise and broadcast.</summary>
        public Tensor LogicalOr(Tensor y) => x.To(DType.Bool) | y.To(DType.Bool);
    }
}
