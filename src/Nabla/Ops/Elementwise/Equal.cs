using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 where x = y, else 0, lane by lane.</summary>
public readonly struct EqualFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Equal(x, y);
}

/// <summary>z = whether x = y (NaN equals nothing), broadcast.</summary>
public sealed record EqualOp : BinaryOp<EqualFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static EqualOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected override DType OutputType(DType operands) => DType.Bool;
}

/// <summary><see cref="EqualOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class EqualOps
{
    extension(Tensor x)
    {
        /// <summary>Whether x = y (NaN equals nothing), elementwise and broadcast.</summary>
        public Tensor Eq(Tensor y) => Elementwise.Binary(EqualOp.Instance, x, y);
    }
}
