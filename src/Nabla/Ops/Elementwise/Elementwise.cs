using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Promotes operands and applies an elementwise op.</summary>
internal static class Elementwise
{
    /// <summary>Two operands in their common type.</summary>
    public static Tensor Binary(Op op, Tensor a, Tensor b)
    {
        if (a.DType == b.DType && !a.IsWeak && !b.IsWeak)
        {
            return op.Apply(a, b);
        }
        var type = Promotion.ResultType(a, b);
        return op.Apply(To(a, type), To(b, type));
    }

    /// <summary>Two operands in their common type, floating point at least.</summary>
    public static Tensor FloatBinary(Op op, Tensor a, Tensor b)
    {
        var type = Promotion.ResultType(a, b);
        type = type.IsFloat ? type : DType.Float32;
        return op.Apply(To(a, type), To(b, type));
    }

    /// <summary>An operand in floating point.</summary>
    public static Tensor FloatUnary(Op op, Tensor x) =>
        op.Apply(x.DType.IsFloat ? x : Cast.Of(x, DType.Float32));

    /// <summary>An operand in a type; a C# number is converted before it is rounded.</summary>
    public static Tensor To(Tensor x, DType type)
    {
        if (x.DType == type)
        {
            return x;
        }
        if (x.IsWeak)
        {
            var number = Tensor.WeakOf(x.WeakValue, type);
            return number;
        }
        return Cast.Of(x, type);
    }
}
