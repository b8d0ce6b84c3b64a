using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x where the condition holds, else y; lane by lane.</summary>
public readonly struct WhereFn : ITernaryFn
{
    /// <inheritdoc/>
    public static V Invoke<V>(V condition, V x, V y) where V : unmanaged, ILanes<V> =>
        V.Select(condition, x, y);
}

/// <summary>x where the condition holds, else y; broadcast.</summary>
public sealed record WhereOp : TernaryOp<WhereFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static WhereOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Input(0);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        null,
        b.Needs(1) ? Tensor.Where(b.X(0), b.Grad, 0) : null,
        b.Needs(2) ? Tensor.Where(b.X(0), 0, b.Grad) : null,
    ];
}

/// <summary><see cref="WhereOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class WhereOps
{
    extension(Tensor)
    {
        /// <summary>x where the condition holds, else y; all three broadcast.</summary>
        /// <exception cref="ArgumentException">The condition is not boolean.</exception>
        public static Tensor Where(Tensor condition, Tensor x, Tensor y)
        {
            if (condition.DType != DType.Bool)
            {
                throw new ArgumentException($"Where: the condition must be bool, got "
                    + $"{condition.DType.Name}; compare first, e.g. x > 0");
            }
            var type = Promotion.ResultType(x, y);
            return WhereOp.Instance.Apply(
                condition, Elementwise.To(x, type), Elementwise.To(y, type));
        }
    }
}
