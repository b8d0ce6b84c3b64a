using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Bitwise (of booleans: logical) or, lane by lane.</summary>
public readonly struct OrFn : IBinaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Or(x, y);
}

/// <summary>Bitwise (of booleans: logical) or, elementwise and broadcast.</summary>
public sealed record OrOp : BinaryOp<OrFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static OrOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;
}

/// <summary><see cref="OrOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class OrOps
{
    extension(Tensor)
    {
        /// <summary>Bitwise (of booleans: logical) or, elementwise and broadcast.</summary>
        public static Tensor operator |(Tensor x, Tensor y) =>
            Elementwise.Binary(OrOp.Instance, x, y);
    }
}
