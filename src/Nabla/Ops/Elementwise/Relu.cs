using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>max(x, 0), lane by lane.</summary>
public readonly struct ReluFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Max(x, V.Const(0));
}

/// <summary>y = max(x, 0); its derivative at 0 is 0.</summary>
public sealed record ReluOp : UnaryOp<ReluFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static ReluOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [Tensor.Where(b.Y() > 0, b.Grad, 0)];
}

/// <summary><see cref="ReluOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ReluOps
{
    extension(Tensor x)
    {
        /// <summary>max(x, 0), elementwise.</summary>
        public Tensor Relu() => ReluOp.Instance.Apply(x);
    }
}
