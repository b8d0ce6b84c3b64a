using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>tan x, lane by lane.</summary>
public readonly struct TanFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Sin(x) / V.Cos(x);
}

/// <summary>y = tan x, x in radians.</summary>
public sealed record TanOp : UnaryOp<TanFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static TanOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad * (1 + b.Y().Square())];
}

/// <summary><see cref="TanOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class TanOps
{
    extension(Tensor x)
    {
        /// <summary>tan x, x in radians, elementwise.</summary>
        public Tensor Tan() => Elementwise.FloatUnary(TanOp.Instance, x);
    }
}
