using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>tanh x, lane by lane.</summary>
public readonly struct TanhFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Tanh(x);
}

/// <summary>y = tanh x.</summary>
public sealed record TanhOp : UnaryOp<TanhFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static TanhOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad * (1 - b.Y() * b.Y())];
}

/// <summary><see cref="TanhOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class TanhOps
{
    extension(Tensor x)
    {
        /// <summary>tanh x, elementwise.</summary>
        public Tensor Tanh() => Elementwise.FloatUnary(TanhOp.Instance, x);
    }
}
