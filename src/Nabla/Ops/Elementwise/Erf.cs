using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>erf x, lane by lane.</summary>
public readonly struct ErfFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Erf(x);
}

/// <summary>y = erf x = 2/√π ∫₀ˣ exp(−t²) dt.</summary>
public sealed record ErfOp : UnaryOp<ErfFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static ErfOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [b.Grad * (-b.X().Square()).Exp() * (2 / Math.Sqrt(Math.PI))];
}

/// <summary><see cref="ErfOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ErfOps
{
    extension(Tensor x)
    {
        /// <summary>erf x = 2/√π ∫₀ˣ exp(−t²) dt, elementwise.</summary>
        public Tensor Erf() => Elementwise.FloatUnary(ErfOp.Instance, x);
    }
}
