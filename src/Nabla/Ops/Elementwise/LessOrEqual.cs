using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 where x ≤ y, else 0, lane by lane.</summary>
public readonly struct LessOrEqualFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.LessOrEqual(x, y);
}

/// <summary>z = whether x ≤ y, broadcast.</summary>
public sealed record LessOrEqualOp : BinaryOp<LessOrEqualFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static LessOrEqualOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected override DType OutputType(DType operands) => DType.Bool;
}

/// <summary><see cref="LessOrEqualOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class LessOrEqualOps
{
    extension(Tensor)
    {
        /// <summary>Whether x ≤ y, elementwise and broadcast.</summary>
        public static Tensor operator <=(Tensor x, Tensor y) =>
            Elementwise.Binary(LessOrEqualOp.Instance, x, y);

        /// <summary>Whether x ≥ y, elementwise and broadcast.</summary>
        public static Tensor operator >=(Tensor x, Tensor y) =>
            Elementwise.Binary(LessOrEqualOp.Instance, y, x);
    }

    extension(Tensor x)
    {
        /// <summary>Whether x ≤ y, elementwise and broadcast.</summary>
        public Tensor Le(Tensor y) => x <= y;

        /// <summary>Whether x ≥ y, elementwise and broadcast.</summary>
        public Tensor Ge(Tensor y) => x >= y;
    }
}
