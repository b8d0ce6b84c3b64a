using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>xʸ, lane by lane.</summary>
public readonly struct PowFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V y) where V : unmanaged, ILanes<V> => V.Pow(x, y);
}

/// <summary>z = xʸ, broadcast.</summary>
public sealed record PowOp : BinaryOp<PowFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static PowOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.All;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? b.Grad * Slope(b.X(0), b.X(1)) : null,
        b.Needs(1) ? b.Grad * Growth(b.X(0), b.X(1), b.Y()) : null,
    ];

    /// <summary>y xʸ⁻¹, and 0 for y = 0 even where x is 0.</summary>
    private static Tensor Slope(Tensor x, Tensor y) =>
        Tensor.Where(y.Eq(0), 0, y * Instance.Apply(x, y - 1));

    /// <summary>xʸ ln x, and 0 where x is 0 and y is not negative.</summary>
    private static Tensor Growth(Tensor x, Tensor y, Tensor power) =>
        Tensor.Where(x.Eq(0) & (y >= 0), 0, power * x.Log());
}

/// <summary><see cref="PowOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class PowOps
{
    extension(Tensor x)
    {
        /// <summary>xʸ, elementwise and broadcast.</summary>
        /// <exception cref="ArgumentException">Integers have a negative number as exponent.
        /// </exception>
        public Tensor Pow(Tensor y)
        {
            if (!y.IsWeak)
            {
                return Elementwise.Binary(PowOp.Instance, x, y);
            }
            var type = Promotion.ResultType(x, y);
            if (!type.IsFloat && y.WeakValue < 0)
            {
                throw new ArgumentException($"Pow: {x.DType.Name} has no negative powers (got "
                    + $"{y.WeakValue}); convert with Float() first");
            }
            // The frequent exponents are much cheaper.
            var wide = Elementwise.To(x, type);
            return y.WeakValue switch
            {
                2 => wide.Square(),
                3 => CubeOp.Instance.Apply(wide),
                0.5 when type.IsFloat => wide.Sqrt(),
                -1 => wide.Reciprocal(),
                -2 => wide.Square().Reciprocal(),
                _ => PowOp.Instance.Apply(wide, Elementwise.To(y, type)),
            };
        }
    }
}
