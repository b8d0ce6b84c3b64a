using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>log(1 / (1 + e⁻ˣ)) as min(x, 0) − log(1 + e⁻|ˣ|), lane by lane.</summary>
public readonly struct LogSigmoidFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> =>
        V.Min(x, V.Const(0)) - V.Log1p(V.Exp(-V.Abs(x)));
}

/// <summary>y = log(1 / (1 + e⁻ˣ)), which never overflows.</summary>
public sealed record LogSigmoidOp : UnaryOp<LogSigmoidFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static LogSigmoidOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [LogSigmoidBackwardOp.Instance.Apply(b.Grad, b.X())];
}

/// <summary>∂x = ∂y · σ(−x), lane by lane.</summary>
public readonly struct LogSigmoidBackwardFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V x) where V : unmanaged, ILanes<V> => g * V.Sigmoid(-x);
}

/// <summary>The gradient of <see cref="LogSigmoidOp"/>: ∂x = ∂y · σ(−x).</summary>
public sealed record LogSigmoidBackwardOp : SlopeOp<LogSigmoidBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static LogSigmoidBackwardOp Instance { get; } = new();

    /// <summary>−σ(x) σ(−x).</summary>
    protected override Tensor Bend(Tensor x) => -(x.Sigmoid() * (-x).Sigmoid());
}

/// <summary><see cref="LogSigmoidOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class LogSigmoidOps
{
    extension(Tensor x)
    {
        /// <summary>log(1 / (1 + e⁻ˣ)), elementwise.</summary>
        public Tensor LogSigmoid() => Elementwise.FloatUnary(LogSigmoidOp.Instance, x);
    }
}
