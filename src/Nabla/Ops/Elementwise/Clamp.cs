using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>min(max(x, low), high); NaN wins, lane by lane.</summary>
public readonly struct ClampFn : ITernaryFn
{
    /// <summary>Of equals both keep the latter, so that −0 at a limit of 0 stays −0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V low, V high) where V : unmanaged, ILanes<V> =>
        V.Min(high, V.Max(low, x));
}

/// <summary>y = min(max(x, low), high), broadcast; NaN wins, and so does high over low.</summary>
public sealed record ClampOp : TernaryOp<ClampFn>
{
    /// <summary>The op between two limits.</summary>
    public static ClampOp Instance { get; } = new();

    /// <summary>The op without an upper limit.</summary>
    public static ClampOp Open { get; } = new() { IsOpen = true };

    /// <summary>No upper limit was given, and the one here is ∞: not even ∞ as the lower limit
    /// meets it.</summary>
    public bool IsOpen { get; init; }

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <summary>∂y goes to x where low ≤ x ≤ high, to high above it, and to low below it; where
    /// low exceeds high all of it goes to high, and where they are equal low gets none, as in
    /// PyTorch.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var (x, low, high) = (b.X(0), b.X(1), b.X(2));
        return
        [
            b.Needs(0) ? Tensor.Where(IsBetweenOp.Instance.Apply(x, low, high), b.Grad, 0) : null,
            b.Needs(1)
                ? Tensor.Where(IsOpen ? x < low : (low < high) & (x < low), b.Grad, 0)
                : null,
            b.Needs(2) ? Tensor.Where((x > high) | (low > high), b.Grad, 0) : null,
        ];
    }
}

/// <summary>1 where low ≤ x ≤ high, else 0 (0 for NaN), lane by lane.</summary>
public readonly struct IsBetweenFn : ITernaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V low, V high) where V : unmanaged, ILanes<V> =>
        V.Select(V.LessOrEqual(low, x), V.LessOrEqual(x, high), V.Const(0));
}

/// <summary>Whether low ≤ x ≤ high, broadcast.</summary>
public sealed record IsBetweenOp : TernaryOp<IsBetweenFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static IsBetweenOp Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected override DType OutputType(DType operands) => DType.Bool;
}

/// <summary><see cref="ClampOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ClampOps
{
    extension(Tensor x)
    {
        /// <summary>min(max(x, low), high), elementwise and broadcast. The gradient passes within
        /// the limits and at them; where low exceeds high, high wins. NaN wins over both.</summary>
        /// <param name="low">The lower limit, if there is one.</param>
        /// <param name="high">The upper limit, if there is one.</param>
        /// <remarks>Source: <c>torch.clamp</c>.</remarks>
        /// <exception cref="ArgumentException">There is neither.</exception>
        public Tensor Clamp(Tensor? low = null, Tensor? high = null)
        {
            if (low is null && high is null)
            {
                throw new ArgumentException("Clamp: needs a lower limit, an upper limit, or both");
            }
            if (low is not null)
            {
                x = Elementwise.To(x, Promotion.ResultType(x, low));
            }
            if (high is not null)
            {
                x = Elementwise.To(x, Promotion.ResultType(x, high));
            }
            var type = x.DType;
            if (!type.IsFloat)
            {
                // Integers have no infinity, and no gradient.
                x = low is null ? x : x.Maximum(low);
                return high is null ? x : x.Minimum(high);
            }
            return (high is null ? ClampOp.Open : ClampOp.Instance).Apply(
                x,
                Elementwise.To(low ?? double.NegativeInfinity, type),
                Elementwise.To(high ?? double.PositiveInfinity, type));
        }
    }
}
