using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The smallest integer not below x, lane by lane.</summary>
public readonly struct CeilFn : IUnaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Ceiling(x);
}

/// <summary>y = The smallest integer not below x.</summary>
public sealed record CeilOp : UnaryOp<CeilFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static CeilOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad * 0];
}

/// <summary><see cref="CeilOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class CeilOps
{
    extension(Tensor x)
    {
        /// <summary>The smallest integer not below x, elementwise.</summary>
        public Tensor Ceil() => CeilOp.Instance.Apply(x);
    }
}
