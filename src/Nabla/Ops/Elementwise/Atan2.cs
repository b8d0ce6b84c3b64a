using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The angle of the point (b, a), in (−π, π], lane by lane.</summary>
public readonly struct Atan2Fn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V a, V b) where V : unmanaged, ILanes<V> => V.Atan2(a, b);
}

/// <summary>y = the angle of the point (b, a) in radians, in (−π, π].</summary>
public sealed record Atan2Op : BinaryOp<Atan2Fn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static Atan2Op Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? b.Grad * b.X(1) / (b.X(0) * b.X(0) + b.X(1) * b.X(1)) : null,
        b.Needs(1) ? -b.Grad * b.X(0) / (b.X(0) * b.X(0) + b.X(1) * b.X(1)) : null,
    ];
}

/// <summary><see cref="Atan2Op"/> as a member of <see cref="Tensor"/>.</summary>
public static class Atan2Ops
{
    extension(Tensor x)
    {
        /// <summary>The angle in radians, in (−π, π], of the point whose ordinate is this tensor
        /// and whose abscissa is the argument; elementwise and broadcast.</summary>
        public Tensor Atan2(Tensor abscissa) =>
            Elementwise.FloatBinary(Atan2Op.Instance, x, abscissa);
    }
}
