using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 / x, lane by lane.</summary>
public readonly struct ReciprocalFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Const(1) / x;
}

/// <summary>y = 1 / x.</summary>
public sealed record ReciprocalOp : UnaryOp<ReciprocalFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static ReciprocalOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [-b.Grad * b.Y() * b.Y()];
}

/// <summary><see cref="ReciprocalOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ReciprocalOps
{
    extension(Tensor x)
    {
        /// <summary>1 / x, elementwise.</summary>
        public Tensor Reciprocal() => Elementwise.FloatUnary(ReciprocalOp.Instance, x);
    }
}
