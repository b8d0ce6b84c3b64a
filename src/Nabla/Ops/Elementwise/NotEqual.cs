using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Whether x differs from y, lane by lane.</summary>
public readonly struct NotEqualFn : IBinaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Const(1) - V.Equal(x, y);
}

/// <summary>Whether x differs from y, elementwise and broadcast.</summary>
public sealed record NotEqualOp : BinaryOp<NotEqualFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static NotEqualOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected override DType OutputType(DType operands) => DType.Bool;
}

/// <summary><see cref="NotEqualOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class NotEqualOps
{
    extension(Tensor x)
    {
        /// <summary>Whether x differs from y, elementwise and broadcast.</summary>
        public Tensor Ne(Tensor y) => Elementwise.Binary(NotEqualOp.Instance, x, y);
    }
}
