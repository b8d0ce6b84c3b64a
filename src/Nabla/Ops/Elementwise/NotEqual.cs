using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 where x ≠ y, else 0, lane by lane.</summary>
public readonly struct NotEqualFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> =>
        V.Const(1) - V.Equal(x, y);
}

/// <summary>z = whether x ≠ y (NaN differs from everything), broadcast.</summary>
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
        /// <summary>Whether x ≠ y (NaN differs from everything), elementwise and
        /// broadcast.</summary>
        public Tensor Ne(Tensor y) => Elementwise.Binary(NotEqualOp.Instance, x, y);
    }
}
