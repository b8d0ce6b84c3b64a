using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The greatest integer ≤ x, lane by lane.</summary>
public readonly struct FloorFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Floor(x);
}

/// <summary>y = ⌊x⌋, the greatest integer ≤ x; its derivative is 0.</summary>
public sealed record FloorOp : UnaryOp<FloorFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static FloorOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [Elementwise.NoSlope(b)];
}

/// <summary><see cref="FloorOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class FloorOps
{
    extension(Tensor x)
    {
        /// <summary>⌊x⌋, the greatest integer ≤ x, elementwise.</summary>
        public Tensor Floor() => FloorOp.Instance.Apply(x);
    }
}
