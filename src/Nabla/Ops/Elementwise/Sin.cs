using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>sin x, lane by lane.</summary>
public readonly struct SinFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Sin(x);
}

/// <summary>y = sin x, x in radians.</summary>
public sealed record SinOp : UnaryOp<SinFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SinOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad * b.X().Cos()];
}

/// <summary><see cref="SinOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SinOps
{
    extension(Tensor x)
    {
        /// <summary>sin x, x in radians, elementwise.</summary>
        public Tensor Sin() => Elementwise.FloatUnary(SinOp.Instance, x);
    }
}
