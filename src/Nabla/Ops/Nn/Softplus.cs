using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>ln(1 + eˣ) as max(x, 0) + ln(1 + e⁻|ˣ|), and x above a threshold; lane by lane.
/// </summary>
public readonly struct SoftplusFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V threshold) where V : unmanaged, ILanes<V> =>
        V.Select(V.Less(threshold, x), x,
            V.Max(x, V.Const(0)) + V.Log1p(V.Exp(-V.Abs(x))));
}

/// <summary>y = ln(1 + eˣ), and x above a threshold.</summary>
public sealed record SoftplusOp : BinaryOp<SoftplusFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SoftplusOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <summary>The threshold has no gradient.</summary>
    public override Tensor?[] Backward(Backprop b) =>
        [SoftplusBackwardOp.Instance.Apply(b.Grad, b.X(0), b.X(1)), null];
}

/// <summary>∂x = ∂y · σ(x), and ∂y above a threshold; lane by lane.</summary>
public readonly struct SoftplusBackwardFn : ITernaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V x, V threshold) where V : unmanaged, ILanes<V> =>
        V.Select(V.Less(threshold, x), g, g * V.Sigmoid(x));
}

/// <summary>The gradient of softplus: ∂x = ∂y · σ(x), and ∂y above a threshold.</summary>
public sealed record SoftplusBackwardOp : ParametricSlopeOp<SoftplusBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SoftplusBackwardOp Instance { get; } = new();

    /// <summary>σ(x) (1 − σ(x)), and 0 above the threshold.</summary>
    protected override Tensor Bend(Tensor x, Tensor a)
    {
        var s = x.Sigmoid();
        return Tensor.Where(x > a, 0, s * (1 - s));
    }

    /// <summary>The threshold has no gradient.</summary>
    protected override Tensor? Tilt(Tensor x, Tensor a) => null;
}

/// <summary><see cref="SoftplusOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SoftplusOps
{
    extension(Tensor x)
    {
        /// <summary>ln(1 + exp(βx)) / β, and x where βx exceeds the threshold;
        /// elementwise.</summary>
        /// <param name="beta">β, how sharp the bend is.</param>
        /// <param name="threshold">Where the function is taken as linear.</param>
        /// <exception cref="ArgumentOutOfRangeException">β is not positive, or the threshold NaN.
        /// </exception>
        public Tensor Softplus(double beta = 1, double threshold = 20)
        {
            if (!(beta > 0 && double.IsFinite(beta)))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(beta), $"Softplus: beta must be a positive number, got {beta}");
            }
            if (double.IsNaN(threshold))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(threshold), "Softplus: threshold must be a number, got NaN");
            }
            if (beta == 1)
            {
                return Elementwise.FloatBinary(SoftplusOp.Instance, x, threshold);
            }
            var scaled = x * beta;
            var bent = Elementwise.FloatBinary(SoftplusOp.Instance, scaled, threshold);
            return Tensor.Where(scaled > threshold, x, bent * (1 / beta));
        }
    }
}
