using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>ln(1 + x), lane by lane.</summary>
public readonly struct Log1pFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Log1p(x);
}

/// <summary>y = ln(1 + x), exact near 0.</summary>
public sealed record Log1pOp : UnaryOp<Log1pFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static Log1pOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad / (1 + b.X())];
}

/// <summary><see cref="Log1pOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class Log1pOps
{
    extension(Tensor x)
    {
        /// <summary>ln(1 + x), exact near 0, elementwise.</summary>
        public Tensor Log1p() => Elementwise.FloatUnary(Log1pOp.Instance, x);
    }
}
