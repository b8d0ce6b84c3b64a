using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>eˣ, lane by lane.</summary>
public readonly struct ExpFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Exp(x);
}

/// <summary>y = eˣ.</summary>
public sealed record ExpOp : UnaryOp<ExpFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static ExpOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad * b.Y()];
}

/// <summary><see cref="ExpOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ExpOps
{
    extension(Tensor x)
    {
        /// <summary>eˣ, elementwise.</summary>
        public Tensor Exp() => Elementwise.FloatUnary(ExpOp.Instance, x);
    }
}
