using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>What batch normalization asks of shapes, and how (C,) meets (N, C, …).</summary>
internal static class BatchNormShapes
{
    /// <summary>Checks an input (N, C, …) and all others, (C,).</summary>
    /// <exception cref="ArgumentException">A shape or type does not fit.</exception>
    public static void Check(ReadOnlySpan<Tensor> x)
    {
        FloatInputs.Check("BatchNorm", x);
        var shape = x[0].Shape;
        if (shape.Rank < 2)
        {
            throw new ArgumentException($"BatchNorm expects (N, C, …) but got {shape}");
        }
        foreach (var perChannel in x[1..])
        {
            if (perChannel.Shape != new Shape(shape[1]))
            {
                throw new ArgumentException($"BatchNorm: the input {shape} has {shape[1]} "
                    + $"channels, but weights or statistics are {perChannel.Shape}");
            }
        }
    }

    /// <summary>Throws when one of weight and bias is there without the other.</summary>
    public static void CheckAffine(Tensor? weight, Tensor? bias)
    {
        if (weight is null != bias is null)
        {
            throw new ArgumentException("BatchNorm takes both weight and bias, or neither");
        }
    }

    /// <summary>All dimensions but the second.</summary>
    public static int[] AllButChannels(int rank) =>
        [0, .. Enumerable.Range(2, rank - 2)];

    /// <summary>(C,) as (C, 1, …), which broadcasts to (N, C, …).</summary>
    public static Tensor PerChannel(Tensor x, int rank) =>
        x.Reshape(new Shape([x.Count, .. Enumerable.Repeat(1L, rank - 2)]));
}
