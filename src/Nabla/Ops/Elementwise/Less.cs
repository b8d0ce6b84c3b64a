using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Whether x is less than y, lane by lane.</summary>
public readonly struct LessFn : IBinaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Less(x, y);
}

/// <summary>Whether x is less than y, elementwise and broadcast.</summary>
public sealed record LessOp : BinaryOp<LessFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static LessOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected override DType OutputType(DType operands) => DType.Bool;
}

/// <summary><see cref="LessOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class LessOps
{
    extension(Tensor)
    {
        /// <summary>Whether x is less than y, elementwise and broadcast.</summary>
        public static Tensor operator <(Tensor x, Tensor y) =>
            Elementwise.Binary(LessOp.Instance, x, y);

        /// <summary>Whether x is greater than y, elementwise and broadcast.</summary>
        public static Tensor operator >(Tensor x, Tensor y) =>
            Elementwise.Binary(LessOp.Instance, y, x);
    }

    extension(Tensor x)
    {
        /// <summary>Whether x is less than y, elementwise and broadcast.</summary>
        public Tensor Lt(Tensor y) => x < y;

        /// <summary>Whether x is greater than y, elementwise and broadcast.</summary>
        public Tensor Gt(Tensor y) => x > y;
    }
}
