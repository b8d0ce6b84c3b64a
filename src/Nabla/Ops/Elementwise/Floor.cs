using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The largest integer not above x, lane by lane.</summary>
public readonly struct FloorFn : IUnaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Floor(x);
}

/// <summary>y = The largest integer not above x.</summary>
public sealed record FloorOp : UnaryOp<FloorFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static FloorOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad * 0];
}

/// <summary><see cref="FloorOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class FloorOps
{
    extension(Tensor x)
    {
        /// <summary>The largest integer not above x, elementwise.</summary>
        public Tensor Floor() => FloorOp.Instance.Apply(x);
    }
}
