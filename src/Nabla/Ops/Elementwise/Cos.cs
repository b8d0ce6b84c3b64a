using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>cos x, lane by lane.</summary>
public readonly struct CosFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Cos(x);
}

/// <summary>y = cos x, x in radians.</summary>
public sealed record CosOp : UnaryOp<CosFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static CosOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [-b.Grad * b.X().Sin()];
}

/// <summary><see cref="CosOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class CosOps
{
    extension(Tensor x)
    {
        /// <summary>cos x, x in radians, elementwise.</summary>
        public Tensor Cos() => Elementwise.FloatUnary(CosOp.Instance, x);
    }
}
