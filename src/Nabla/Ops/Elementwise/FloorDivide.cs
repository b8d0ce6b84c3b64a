using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>⌊x / y⌋, lane by lane.</summary>
public readonly struct FloorDivideFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> =>
        // ⌊x / y⌋ of the rounded quotient is one too many where x / y rounds up to an integer.
        V.Select(y, V.Round((x - V.Remainder(x, y)) / y), x / y);
}

/// <summary>z = ⌊x / y⌋, broadcast; its derivative is 0.</summary>
public sealed record FloorDivideOp : BinaryOp<FloorDivideFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static FloorDivideOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? Elementwise.NoSlope(b, 0) : null,
        b.Needs(1) ? Elementwise.NoSlope(b, 1) : null,
    ];
}

/// <summary><see cref="FloorDivideOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class FloorDivideOps
{
    extension(Tensor x)
    {
        /// <summary>⌊x / y⌋ in the operands' common type, elementwise and broadcast; an integer
        /// over 0 gives 0.</summary>
        /// <exception cref="ArgumentException">Both are boolean.</exception>
        public Tensor FloorDivide(Tensor y) => x.DType == DType.Bool && y.DType == DType.Bool
            ? throw new ArgumentException("FloorDivide: two boolean tensors have no quotient; "
                + "convert one with To")
            : Elementwise.Binary(FloorDivideOp.Instance, x, y);
    }
}
