using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Bitwise (of booleans: logical) exclusive or, lane by lane.</summary>
public readonly struct XorFn : IBinaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Xor(x, y);
}

/// <summary>Bitwise (of booleans: logical) exclusive or, elementwise and broadcast.</summary>
public sealed record XorOp : BinaryOp<XorFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static XorOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;
}

/// <summary><see cref="XorOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class XorOps
{
    extension(Tensor)
    {
        /// <summary>Bitwise (of booleans: logical) exclusive or, elementwise and broadcast.</summary>
        public static Tensor operator ^(Tensor x, Tensor y) =>
            Elementwise.Binary(XorOp.Instance, x, y);
    }
}
