using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The Gauss error function, lane by lane.</summary>
public readonly struct ErfFn : IUnaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Erf(x);
}

/// <summary>y = The Gauss error function.</summary>
public sealed record ErfOp : UnaryOp<ErfFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static ErfOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad * (-b.X() * b.X()).Exp() * (2 / Math.Sqrt(Math.PI))];
}

/// <summary><see cref="ErfOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ErfOps
{
    extension(Tensor x)
    {
        /// <summary>The Gauss error function, elementwise.</summary>
        public Tensor Erf() => Elementwise.FloatUnary(ErfOp.Instance, x);
    }
}
