using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The integer nearest to x, ties to even, lane by lane.</summary>
public readonly struct RoundFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Round(x);
}

/// <summary>y = the integer nearest to x, ties to even; its derivative is 0.</summary>
public sealed record RoundOp : UnaryOp<RoundFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static RoundOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [Elementwise.NoSlope(b)];
}

/// <summary><see cref="RoundOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class RoundOps
{
    extension(Tensor x)
    {
        /// <summary>The integer nearest to x, ties to even, elementwise.</summary>
        public Tensor Round() => RoundOp.Instance.Apply(x);
    }
}
