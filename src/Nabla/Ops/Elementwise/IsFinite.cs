using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 where x is neither infinite nor NaN, else 0, lane by lane.</summary>
public readonly struct IsFiniteFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Equal(x - x, V.Const(0));
}

/// <summary>y = whether x is neither infinite nor NaN.</summary>
public sealed record IsFiniteOp : UnaryOp<IsFiniteFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static IsFiniteOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected override DType OutputType(DType operands) => DType.Bool;
}

/// <summary><see cref="IsFiniteOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class IsFiniteOps
{
    extension(Tensor x)
    {
        /// <summary>Whether x is neither infinite nor NaN, elementwise.</summary>
        public Tensor IsFinite() => IsFiniteOp.Instance.Apply(x);
    }
}
