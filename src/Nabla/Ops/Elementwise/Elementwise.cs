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
        op.Apply(x.DType.IsFloat ? x : CastOp.Of(x, DType.Float32));

    /// <summary>Two integers or booleans in their common type.</summary>
    public static Tensor Bitwise(string name, Op op, Tensor x, Tensor y) =>
        x.DType.IsFloat || y.DType.IsFloat
            ? throw new ArgumentException($"{name}: works on the bits of integers and booleans, "
                + $"got {x.DType.Name} and {y.DType.Name}; compare first, or use LogicalAnd and "
                + "its kin")
            : Binary(op, x, y);

    /// <summary>The gradient of a function that is constant between its steps: zeros.</summary>
    public static Tensor NoSlope(Backprop b, int input = 0)
    {
        var spec = b.InputSpec(input);
        return new FullOp(spec.Shape, 0, spec.DType).Apply();
    }

    /// <summary>Writes the value of a compound assignment into its left side.</summary>
    public static void Update(string name, Tensor x, Tensor value)
    {
        if (x.IsWeak)
        {
            throw new InvalidOperationException($"{name}: the left side is a C# number and cannot "
                + "change; start from a tensor, e.g. Tensor.Zeros()");
        }
        if (Kind(value.DType) > Kind(x.DType))
        {
            throw new ArgumentException($"{name}: the result is {value.DType.Name}, which a tensor "
                + $"of {x.DType.Name} cannot hold; convert it with To first");
        }
        if (value.Shape != x.Shape)
        {
            throw new ArgumentException($"{name}: the result has shape {value.Shape}, but is "
                + $"written into {x.Shape}; only the right side broadcasts");
        }
        InPlace.Write(x, value);
    }

    private static int Kind(DType type) => type.IsFloat ? 2 : type.IsInteger ? 1 : 0;

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
        return CastOp.Of(x, type);
    }
}
