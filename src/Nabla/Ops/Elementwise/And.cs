using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x and y, bit by bit (booleans: logically), lane by lane.</summary>
public readonly struct AndFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.And(x, y);
}

/// <summary>x and y, bit by bit (booleans: logically).</summary>
public sealed record AndOp : BinaryOp<AndFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static AndOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;
}

/// <summary><see cref="AndOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class AndOps
{
    extension(Tensor)
    {
        /// <summary>x and y, bit by bit (booleans: logically), elementwise and broadcast.</summary>
        /// <exception cref="ArgumentException">An operand is floating point.</exception>
        public static Tensor operator &(Tensor x, Tensor y) =>
            Elementwise.Bitwise("&", AndOp.Instance, x, y);
    }

    extension(Tensor x)
    {
        /// <summary>x and y, bit by bit (booleans: logically), elementwise and broadcast.</summary>
        /// <exception cref="ArgumentException">An operand is floating point.</exception>
        public Tensor BitwiseAnd(Tensor y) => x & y;

        /// <summary>Logical and of x ≠ 0 and y ≠ 0, elementwise and broadcast.</summary>
        public Tensor LogicalAnd(Tensor y) => x.To(DType.Bool) & y.To(DType.Bool);
    }
}
