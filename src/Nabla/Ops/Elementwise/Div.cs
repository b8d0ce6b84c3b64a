using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x / y, lane by lane.</summary>
public readonly struct DivFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => x / y;
}

/// <summary>z = x / y, broadcast.</summary>
public sealed record DivOp : BinaryOp<DivFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static DivOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? b.Grad / b.X(1) : null,
        b.Needs(1) ? -b.Grad * (b.X(0) / b.X(1)) / b.X(1) : null,
    ];
}

/// <summary><see cref="DivOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class DivOps
{
    extension(Tensor)
    {
        /// <summary>x / y; of integers and booleans, in float32, elementwise and
        /// broadcast.</summary>
        public static Tensor operator /(Tensor x, Tensor y) =>
            Elementwise.FloatBinary(DivOp.Instance, x, y);
    }

    extension(Tensor x)
    {
        /// <summary>x ← x / y, in place; y broadcasts to x.</summary>
        /// <exception cref="ArgumentException">y is larger than x, or the result is of a kind that
        /// x cannot hold (a fraction in an integer).</exception>
        public void operator /=(Tensor y) =>
            // The gradient of y needs x as it was.
            Elementwise.Update("/=", x, (y.RequiresGrad ? x.Clone() : x) / y);
    }
}
