using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 / √x, lane by lane.</summary>
public readonly struct RsqrtFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Const(1) / V.Sqrt(x);
}

/// <summary>y = 1 / √x.</summary>
public sealed record RsqrtOp : UnaryOp<RsqrtFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static RsqrtOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [-0.5 * b.Grad * b.Y() * b.Y() * b.Y()];
}

/// <summary><see cref="RsqrtOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class RsqrtOps
{
    extension(Tensor x)
    {
        /// <summary>1 / √x, elementwise.</summary>
        public Tensor Rsqrt() => Elementwise.FloatUnary(RsqrtOp.Instance, x);
    }
}
