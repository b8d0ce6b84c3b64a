using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>First values of parameters, drawn from <see cref="Generator.Default"/>; each returns
/// the tensor it filled in place.</summary>
public static class Init
{
    /// <summary>The gain that keeps variance through a nonlinearity (He et al. 2015, section 2.2).
    /// </summary>
    /// <param name="nonlinearity"><c>linear</c>, <c>sigmoid</c>, <c>tanh</c>, <c>relu</c> or
    /// <c>leaky_relu</c>.</param>
    /// <param name="slope">The negative slope of leaky ReLU.</param>
    /// <exception cref="ArgumentException">The nonlinearity is unknown.</exception>
    public static double Gain(string nonlinearity, double slope = 0.01) => nonlinearity switch
    {
        "linear" or "sigmoid" => 1,
        "tanh" => 5.0 / 3,
        "relu" => Math.Sqrt(2),
        "leaky_relu" => Math.Sqrt(2 / (1 + slope * slope)),
        _ => throw new ArgumentException($"Gain: unknown nonlinearity '{nonlinearity}'; expected "
            + "linear, sigmoid, tanh, relu or leaky_relu"),
    };

    /// <summary>All elements a value.</summary>
    public static Tensor Constant(Tensor x, double value) =>
        Fill(x, () => Tensor.Full(x.Shape, value, x.DType));

    /// <summary>All elements 0.</summary>
    public static Tensor Zeros(Tensor x) => Constant(x, 0);

    /// <summary>All elements 1.</summary>
    public static Tensor Ones(Tensor x) => Constant(x, 1);

    /// <summary>Evenly distributed in [low, high).</summary>
    /// <exception cref="ArgumentException">low exceeds high, or is not finite.</exception>
    public static Tensor Uniform(Tensor x, double low = 0, double high = 1)
    {
        UniformOps.Check(low, high);
        return IsDrawnInPlace(x)
            ? Draw(x, ordinal => new UniformOp(x.Shape, x.DType, ordinal), high - low, low)
            : Fill(x, () => Tensor.Uniform(low, high, x.Shape, x.DType));
    }

    /// <summary>Normal with a mean and a standard deviation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative, or a
    /// number is not finite.</exception>
    public static Tensor Normal(Tensor x, double mean = 0, double std = 1)
    {
        NormalOps.Check(mean, std);
        return IsDrawnInPlace(x)
            ? Draw(x, ordinal => new NormalOp(x.Shape, x.DType, ordinal), std, mean)
            : Fill(x, () => Tensor.Normal(mean, std, x.Shape, x.DType));
    }

    /// <summary>U(−a, a), a = gain · √(6 / (fan in + fan out)) (Glorot, Bengio 2010, eq. 16).
    /// </summary>
    public static Tensor XavierUniform(Tensor x, double gain = 1)
    {
        var (fanIn, fanOut) = Fans(x);
        var a = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
        return Uniform(x, -a, a);
    }

    /// <summary>N(0, gain² · 2 / (fan in + fan out)) (Glorot, Bengio 2010).</summary>
    public static Tensor XavierNormal(Tensor x, double gain = 1)
    {
        var (fanIn, fanOut) = Fans(x);
        return Normal(x, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
    }

    /// <summary>U(−b, b), b = gain · √(3 / fan) (He, Zhang, Ren, Sun 2015, section 2.2).</summary>
    /// <param name="x">The tensor to fill.</param>
    /// <param name="slope">The negative slope for leaky ReLU.</param>
    /// <param name="fanOut">Keep the variance of gradients (fan out), not of activations.</param>
    /// <param name="nonlinearity">What follows the layer.</param>
    public static Tensor KaimingUniform(Tensor x, double slope = 0, bool fanOut = false,
        string nonlinearity = "leaky_relu")
    {
        var b = Gain(nonlinearity, slope) * Math.Sqrt(3.0 / Fan(x, fanOut));
        return Uniform(x, -b, b);
    }

    /// <summary>N(0, gain² / fan) (He, Zhang, Ren, Sun 2015, section 2.2).</summary>
    /// <inheritdoc cref="KaimingUniform"/>
    public static Tensor KaimingNormal(Tensor x, double slope = 0, bool fanOut = false,
        string nonlinearity = "leaky_relu") =>
        Normal(x, 0, Gain(nonlinearity, slope) / Math.Sqrt(Fan(x, fanOut)));

    /// <summary>Inputs and outputs of a unit: the second and first size times the kernel's area.
    /// </summary>
    /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
    public static (long In, long Out) Fans(Tensor x)
    {
        if (x.Rank < 2)
        {
            throw new ArgumentException("fan in and fan out need a weight of two dimensions or "
                + $"more, got {x.Shape}; use Normal, Uniform or Constant for a vector");
        }
        var area = 1L;
        foreach (var d in x.Shape.Dims[2..])
        {
            area *= d;
        }
        return (x.Shape.Dims[1] * area, x.Shape.Dims[0] * area);
    }

    private static long Fan(Tensor x, bool fanOut) => fanOut ? Fans(x).Out : Fans(x).In;

    private static bool IsDrawnInPlace(Tensor x) => Tracer.Current is null && x.IsContiguous
        && (x.DType is DType.Float32 or DType.Float64);

    /// <summary>Draws into the tensor's own memory: first weights should not take a large layer's
    /// memory several times over.</summary>
    private static Tensor Draw(Tensor x, Func<int, RandomOp> op, double factor, double shift)
    {
        using var noGrad = GradMode.NoGrad();
        var generator = Generator.Default;
        Dispatcher.Compute(op(generator.TakeOrdinal()), [generator.State], [x]);
        Dispatcher.Compute(MulOp.Instance, [x, Tensor.WeakOf(factor, x.DType)], [x]);
        Dispatcher.Compute(AddOp.Instance, [x, Tensor.WeakOf(shift, x.DType)], [x]);
        x.Storage.Version++;
        return x;
    }

    private static Tensor Fill(Tensor x, Func<Tensor> value)
    {
        GradMode.NoGrad(() => x.Assign(value()));
        return x;
    }
}
