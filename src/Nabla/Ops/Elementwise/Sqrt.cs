using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>√x, lane by lane.</summary>
public readonly struct SqrtFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Sqrt(x);
}

/// <summary>y = √x.</summary>
public sealed record SqrtOp : UnaryOp<SqrtFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SqrtOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad / (2 * b.Y())];
}

/// <summary><see cref="SqrtOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SqrtOps
{
    extension(Tensor x)
    {
        /// <summary>√x, elementwise.</summary>
        public Tensor Sqrt() => Elementwise.FloatUnary(SqrtOp.Instance, x);
    }
}
