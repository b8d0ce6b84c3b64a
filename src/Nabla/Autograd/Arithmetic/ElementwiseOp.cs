using System.Reflection;
using Nabla.Kernels;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Autograd.Arithmetic;

/// <summary>
/// An op made of one scalar primitive: its inputs broadcast, and all floating inputs have one type
/// (callers promote first). The graph fuses chains of these.
/// </summary>
public abstract record ElementwiseOp : Op, ILaneOp
{
    /// <inheritdoc/>
    public sealed override bool IsPointwise => true;

    /// <inheritdoc/>
    public sealed override bool AcceptsStrides(int input) => true;

    /// <summary>The type that the primitive computes in, given the inputs.</summary>
    internal virtual DType ComputeType(ReadOnlySpan<Tensor> x) => x[^1].DType.Compute;

    /// <summary>The output's type, given that of the operands.</summary>
    protected virtual DType OutputType(DType operands) => operands;

    /// <summary>The loop over contiguous numbers: a function pointer of as many inputs as the op
    /// has, the output, and a count.</summary>
    internal abstract nint Tile(DType compute);

    /// <inheritdoc/>
    public abstract MethodInfo Lane<V>() where V : unmanaged, ILanes<V>;

    /// <summary>The number of inputs.</summary>
    internal abstract int Arity { get; }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        var shape = x[0].Shape;
        for (var i = 1; i < x.Length; i++)
        {
            shape = Shape.TryBroadcast(shape, x[i].Shape, out var common)
                ? common
                : Shape.Broadcast(shape, x[i].Shape, Name);
        }
        return new TensorSpec(shape, OutputType(x[^1].DType));
    }
}

/// <summary>An elementwise op of one input.</summary>
public abstract record UnaryOp<TFn> : ElementwiseOp where TFn : struct, IUnaryFn
{
    internal sealed override int Arity => 1;

    /// <inheritdoc/>
    public sealed override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Unary<TFn>(ComputeType(x), x[0], y[0]);

    internal sealed override unsafe nint Tile(DType compute) =>
        (nint)Elementwise.UnaryTile<TFn>(compute);

    /// <inheritdoc/>
    public sealed override MethodInfo Lane<V>() => VectorFn.Unary<TFn, V>();
}

/// <summary>An elementwise op of two inputs.</summary>
public abstract record BinaryOp<TFn> : ElementwiseOp where TFn : struct, IBinaryFn
{
    internal sealed override int Arity => 2;

    /// <inheritdoc/>
    public sealed override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Binary<TFn>(ComputeType(x), x[0], x[1], y[0]);

    internal sealed override unsafe nint Tile(DType compute) =>
        (nint)Elementwise.BinaryTile<TFn>(compute);

    /// <inheritdoc/>
    public sealed override MethodInfo Lane<V>() => VectorFn.Binary<TFn, V>();
}

/// <summary>An elementwise op of three inputs.</summary>
public abstract record TernaryOp<TFn> : ElementwiseOp where TFn : struct, ITernaryFn
{
    internal sealed override int Arity => 3;

    /// <inheritdoc/>
    public sealed override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Ternary<TFn>(ComputeType(x), x[0], x[1], x[2], y[0]);

    internal sealed override unsafe nint Tile(DType compute) =>
        (nint)Elementwise.TernaryTile<TFn>(compute);

    /// <inheritdoc/>
    public sealed override MethodInfo Lane<V>() => VectorFn.Ternary<TFn, V>();
}
