using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Nn;

/// <summary>Holds gradients, and gradients of gradients, against central differences.</summary>
internal static class Derivative
{
    private const double Step = 1e-5;

    /// <summary>Float64 numbers in [−1, 1] without pattern: sin(1.7·i + seed).</summary>
    public static Tensor Wave(double seed, params ReadOnlySpan<long> shape)
    {
        var sizes = new Shape(shape);
        var values = new double[sizes.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Sin((1.7 * i) + seed);
        }
        return Tensor.From(values, sizes);
    }

    /// <summary>Checks the first derivative for every input.</summary>
    public static void Check(Func<Tensor[], Tensor> f, params Tensor[] inputs)
    {
        var gradients = Gradients(f, inputs, createGraph: false);
        for (var i = 0; i < inputs.Length; i++)
        {
            Compare(x => Weighted(f(x)), inputs, i, gradients[i]);
        }
    }

    /// <summary>Checks the first derivative and the derivative of the first.</summary>
    public static void CheckTwice(Func<Tensor[], Tensor> f, params Tensor[] inputs)
    {
        Check(f, inputs);
        Check(x => Gradients(f, x, createGraph: true)
            .Select((g, i) => g is null ? Tensor.Scalar(0.0) : Weighted(g, i))
            .Aggregate((a, b) => a + b), inputs);
    }

    private static Tensor Weighted(Tensor y, int seed = 0) =>
        (y * Wave(seed + 0.5, y.Shape.Dims)).Sum();

    private static Tensor?[] Gradients(
        Func<Tensor[], Tensor> f, Tensor[] inputs, bool createGraph)
    {
        var leaves = Array.ConvertAll(inputs, x => createGraph && x.RequiresGrad ? x : Leaf(x));
        return Tensor.Gradients([Weighted(f(leaves))], leaves, createGraph: createGraph);
    }

    private static Tensor Leaf(Tensor x)
    {
        var leaf = x.Clone().Detach();
        leaf.RequiresGrad = true;
        return leaf;
    }

    private static void Compare(
        Func<Tensor[], Tensor> f, Tensor[] inputs, int which, Tensor? gradient)
    {
        var computed = gradient?.ToArray<double>() ?? new double[inputs[which].Count];
        for (var i = 0; i < computed.Length; i++)
        {
            var expected = (At(Step) - At(-Step)) / (2 * Step);
            Assert.True(Math.Abs(expected - computed[i]) <= 1e-6 * (1 + Math.Abs(expected)),
                $"input {which}, element {i}: {computed[i]}, by differences {expected}");

            double At(double step)
            {
                var moved = Array.ConvertAll(inputs, Leaf);
                GradMode.NoGrad(() => moved[which].AsSpan<double>()[i] += step);
                return f(moved).Item<double>();
            }
        }
    }
}
