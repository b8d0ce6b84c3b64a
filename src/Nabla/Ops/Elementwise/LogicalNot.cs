using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Whether x is 0 (false), lane by lane.</summary>
public readonly struct LogicalNotFn : IUnaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Equal(x, V.Const(0));
}

/// <summary>y = Whether x is 0 (false).</summary>
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
        /// <summary>Whether x is 0 (false), elementwise.</summary>
        public Tensor LogicalNot() => LogicalNotOp.Instance.Apply(x);
    }
}
