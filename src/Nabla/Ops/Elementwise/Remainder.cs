using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x − y⌊x / y⌋, lane by lane.</summary>
public readonly struct RemainderFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Remainder(x, y);
}

/// <summary>z = x − y⌊x / y⌋, which has the sign of y; broadcast.</summary>
public sealed record RemainderOp : BinaryOp<RemainderFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static RemainderOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? b.Grad : null,
        b.Needs(1) ? -b.Grad * (b.X(0) / b.X(1)).Floor() : null,
    ];
}

/// <summary><see cref="RemainderOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class RemainderOps
{
    extension(Tensor)
    {
        /// <summary>x − y⌊x / y⌋, which has the sign of y, elementwise and broadcast.</summary>
        public static Tensor operator %(Tensor x, Tensor y) =>
            Elementwise.Binary(RemainderOp.Instance, x, y);
    }

    extension(Tensor x)
    {
        /// <summary>x − y⌊x / y⌋, which has the sign of y, elementwise and broadcast.</summary>
        public Tensor Remainder(Tensor y) => Elementwise.Binary(RemainderOp.Instance, x, y);
    }
}
