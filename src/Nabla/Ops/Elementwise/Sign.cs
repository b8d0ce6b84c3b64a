using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>−1, 0 or 1: the sign of x, lane by lane.</summary>
public readonly struct SignFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> =>
        V.Less(V.Const(0), x) - V.Less(x, V.Const(0));
}

/// <summary>y = −1, 0 or 1: the sign of x; its derivative is 0.</summary>
public sealed record SignOp : UnaryOp<SignFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SignOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [Elementwise.NoSlope(b)];
}

/// <summary><see cref="SignOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SignOps
{
    extension(Tensor x)
    {
        /// <summary>−1, 0 or 1: the sign of x, elementwise.</summary>
        public Tensor Sign() => SignOp.Instance.Apply(x);
    }
}
