using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 where x is NaN, else 0, lane by lane.</summary>
public readonly struct IsNanFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Const(1) - V.Equal(x, x);
}

/// <summary>y = whether x is NaN.</summary>
public sealed record IsNanOp : UnaryOp<IsNanFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static IsNanOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected override DType OutputType(DType operands) => DType.Bool;
}

/// <summary><see cref="IsNanOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class IsNanOps
{
    extension(Tensor x)
    {
        /// <summary>Whether x is NaN, elementwise.</summary>
        public Tensor IsNan() => IsNanOp.Instance.Apply(x);
    }
}
