using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Autograd.Arithmetic;

/// <summary>a + b, lane by lane.</summary>
public readonly struct AddFn : IBinaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => x + y;
}

/// <summary>y = a + b, broadcast. The tape adds gradients with it.</summary>
public sealed record AddOp : BinaryOp<AddFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static AddOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad, b.Grad];
}
