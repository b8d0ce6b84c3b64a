using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>|x|, lane by lane.</summary>
public readonly struct AbsFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Abs(x);
}

/// <summary>y = |x|; its derivative at 0 is 0.</summary>
public sealed record AbsOp : UnaryOp<AbsFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static AbsOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad * b.X().Sign()];
}

/// <summary><see cref="AbsOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class AbsOps
{
    extension(Tensor x)
    {
        /// <summary>|x|, elementwise.</summary>
        public Tensor Abs() => AbsOp.Instance.Apply(x);
    }
}
