using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Reduces losses of elements.</summary>
internal static class Reductions
{
    /// <summary>The mean, the sum, or the losses themselves.</summary>
    public static Tensor Reduce(this Tensor losses, Reduction reduction) => reduction switch
    {
        Reduction.Mean => losses.Mean(),
        Reduction.Sum => losses.Sum(),
        Reduction.None => losses,
        _ => throw Unknown(reduction),
    };

    /// <summary>Throws for a number that is no reduction.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none.</exception>
    public static void Check(Reduction reduction)
    {
        if (!Enum.IsDefined(reduction))
        {
            throw Unknown(reduction);
        }
    }

    /// <summary>Throws unless input and target have one shape.</summary>
    /// <exception cref="ArgumentException">They have not: broadcasting a target is a mistake more
    /// often than it is meant.</exception>
    public static void CheckShapes(string op, Tensor input, Tensor target)
    {
        if (input.Shape != target.Shape)
        {
            throw new ArgumentException($"{op} expects input and target of one shape but got "
                + $"{input.Shape} and {target.Shape}; reshape or expand one of them");
        }
    }

    private static ArgumentOutOfRangeException Unknown(Reduction reduction) => new(
        nameof(reduction), $"the reduction is Mean, Sum or None, not {(int)reduction}");
}
