using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x − y, lane by lane.</summary>
public readonly struct SubFn : IBinaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => x - y;
}

/// <summary>x − y, elementwise and broadcast.</summary>
public sealed record SubOp : BinaryOp<SubFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SubOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? b.Grad : null,
        b.Needs(1) ? -b.Grad : null,
    ];
}

/// <summary><see cref="SubOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SubOps
{
    extension(Tensor)
    {
        /// <summary>x − y, elementwise and broadcast.</summary>
        public static Tensor operator -(Tensor x, Tensor y) =>
            Elementwise.Binary(SubOp.Instance, x, y);
    }
}
