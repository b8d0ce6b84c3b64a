using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>eˣ − 1, lane by lane.</summary>
public readonly struct Expm1Fn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Expm1(x);
}

/// <summary>y = eˣ − 1, exact near 0.</summary>
public sealed record Expm1Op : UnaryOp<Expm1Fn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static Expm1Op Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad * (b.Y() + 1)];
}

/// <summary><see cref="Expm1Op"/> as a member of <see cref="Tensor"/>.</summary>
public static class Expm1Ops
{
    extension(Tensor x)
    {
        /// <summary>eˣ − 1, exact near 0, elementwise.</summary>
        public Tensor Expm1() => Elementwise.FloatUnary(Expm1Op.Instance, x);
    }
}
