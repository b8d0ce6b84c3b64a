using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The least integer ≥ x, lane by lane.</summary>
public readonly struct CeilFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Ceiling(x);
}

/// <summary>y = ⌈x⌉, the least integer ≥ x; its derivative is 0.</summary>
public sealed record CeilOp : UnaryOp<CeilFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static CeilOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [Elementwise.NoSlope(b)];
}

/// <summary><see cref="CeilOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class CeilOps
{
    extension(Tensor x)
    {
        /// <summary>⌈x⌉, the least integer ≥ x, elementwise.</summary>
        public Tensor Ceil() => CeilOp.Instance.Apply(x);
    }
}
