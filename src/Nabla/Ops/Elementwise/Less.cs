using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 where x &lt; y, else 0, lane by lane.</summary>
public readonly struct LessFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Less(x, y);
}

/// <summary>z = whether x &lt; y, broadcast.</summary>
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
        /// <summary>Whether x &lt; y, elementwise and broadcast.</summary>
        public static Tensor operator <(Tensor x, Tensor y) =>
            Elementwise.Binary(LessOp.Instance, x, y);

        /// <summary>Whether x &gt; y, elementwise and broadcast.</summary>
        public static Tensor operator >(Tensor x, Tensor y) =>
            Elementwise.Binary(LessOp.Instance, y, x);
    }

    extension(Tensor x)
    {
        /// <summary>Whether x &lt; y, elementwise and broadcast.</summary>
        public Tensor Lt(Tensor y) => x < y;

        /// <summary>Whether x &gt; y, elementwise and broadcast.</summary>
        public Tensor Gt(Tensor y) => x > y;
    }
}
