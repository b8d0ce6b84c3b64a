using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 where x is −∞ or ∞, else 0; of floats, lane by lane.</summary>
public readonly struct IsInfFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> =>
        V.Equal(V.Abs(x), V.Const(double.PositiveInfinity));
}

/// <summary>y = whether the floating-point x is −∞ or ∞.</summary>
public sealed record IsInfOp : UnaryOp<IsInfFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static IsInfOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected override DType OutputType(DType operands) => DType.Bool;
}

/// <summary><see cref="IsInfOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class IsInfOps
{
    extension(Tensor x)
    {
        /// <summary>Whether x is −∞ or ∞, elementwise.</summary>
        public Tensor IsInf() => x.DType.IsFloat
            ? IsInfOp.Instance.Apply(x)
            : new FullOp(x.Shape, 0, DType.Bool).Apply();
    }
}
