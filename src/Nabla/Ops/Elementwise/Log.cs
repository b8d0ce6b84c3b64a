using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>ln x, lane by lane.</summary>
public readonly struct LogFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Log(x);
}

/// <summary>y = ln x.</summary>
public sealed record LogOp : UnaryOp<LogFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static LogOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad / b.X()];
}

/// <summary><see cref="LogOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class LogOps
{
    extension(Tensor x)
    {
        /// <summary>ln x, the natural logarithm, elementwise.</summary>
        public Tensor Log() => Elementwise.FloatUnary(LogOp.Instance, x);
    }
}
