using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Bitwise (of booleans: logical) and, lane by lane.</summary>
public readonly struct AndFn : IBinaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.And(x, y);
}

/// <summary>Bitwise (of booleans: logical) and, elementwise and broadcast.</summary>
public sealed record AndOp : BinaryOp<AndFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static AndOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;
}

/// <summary><see cref="AndOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class AndOps
{
    extension(Tensor)
    {
        /// <summary>Bitwise (of booleans: logical) and, elementwise and broadcast.</summary>
        public static Tensor operator &(Tensor x, Tensor y) =>
            Elementwise.Binary(AndOp.Instance, x, y);
    }
}
