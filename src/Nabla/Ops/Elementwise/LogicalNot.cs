using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 where x = 0, else 0, lane by lane.</summary>
public readonly struct LogicalNotFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Equal(x, V.Const(0));
}

/// <summary>y = whether x = 0 (false).</summary>
public sealed record LogicalNotOp : UnaryOp<LogicalNotFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static LogicalNotOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected override DType OutputType(DType operands) => DType.Bool;
}

/// <summary><see cref="LogicalNotOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class LogicalNotOps
{
    extension(Tensor x)
    {
        /// <summary>Whether x = 0 (false), elementwise.</summary>
        public Tensor LogicalNot() => LogicalNotOp.Instance.Apply(x);
    }
}
