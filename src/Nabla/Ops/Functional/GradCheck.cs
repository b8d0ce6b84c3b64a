using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Compares gradients with finite differences.</summary>
public static class GradCheck
{
    /// <summary>
    /// Demands that the gradients of s = Σ cotangent · f(x), for fixed cotangents in (−1, 1), are
    /// the central differences (s(x + ε) − s(x − ε)) / 2ε.
    /// </summary>
    /// <param name="function">What is differentiated: it must not have a kink within ε.</param>
    /// <param name="inputs">Its arguments: float64 where they require a gradient; they are
    /// restored after each step of ε.</param>
    /// <param name="eps">The step ε.</param>
    /// <param name="atol">The absolute difference allowed.</param>
    /// <param name="rtol">The difference allowed relative to the finite difference.</param>
    /// <param name="maxElements">Arguments of more elements are checked at so many, evenly
    /// spread.</param>
    /// <exception cref="ArgumentException">No argument requires a gradient, or one that does is not
    /// contiguous float64.</exception>
    /// <exception cref="ArithmeticException">A gradient is wrong: the message says which input and
    /// element, and both values.</exception>
    public static void Run(Func<Tensor[], Tensor[]> function, Tensor[] inputs, double eps = 1e-6,
        double atol = 1e-6, double rtol = 1e-5, int maxElements = int.MaxValue) =>
        Compare("GradCheck", function, inputs, eps, atol, rtol, maxElements);

    /// <summary>The same for a function of one output.</summary>
    public static void Run(Func<Tensor[], Tensor> function, params Tensor[] inputs) =>
        Run(x => [function(x)], inputs);

    internal static void Compare(string name, Func<Tensor[], Tensor[]> function, Tensor[] inputs,
        double eps, double atol, double rtol, int maxElements)
    {
        var wanted = Wanted(name, inputs);
        var cotangents = Array.ConvertAll(
            GradMode.NoGrad(() => function(inputs)), Cotangents.Of);
        var outputs = function(inputs);
        var roots = Enumerable.Range(0, outputs.Length)
            .Where(k => outputs[k].RequiresGrad).ToArray();
        var gradients = roots.Length == 0
            ? new Tensor?[wanted.Length]
            : Tensor.Gradients([.. roots.Select(k => outputs[k])],
                [.. wanted.Select(i => inputs[i])], [.. roots.Select(k => cotangents[k])]);
        for (var w = 0; w < wanted.Length; w++)
        {
            var input = inputs[wanted[w]];
            var analytic = gradients[w]?.ToArray<double>() ?? new double[input.Count];
            var original = input.ToArray<double>();
            var step = Math.Max(1, (original.Length + maxElements - 1) / maxElements);
            for (var e = 0; e < original.Length; e += step)
            {
                var above = Shifted(function, inputs, wanted[w], original, e, eps, cotangents);
                var below = Shifted(function, inputs, wanted[w], original, e, -eps, cotangents);
                var numeric = (above - below) / (2 * eps);
                if (!(Math.Abs(analytic[e] - numeric) <= atol + (rtol * Math.Abs(numeric))))
                {
                    throw new ArithmeticException($"{name}: input {wanted[w]}, shape "
                        + $"{input.Shape}, element {e}: the gradient is {analytic[e]:g10}, but "
                        + $"finite differences give {numeric:g10}");
                }
            }
        }
    }

    private static int[] Wanted(string name, Tensor[] inputs)
    {
        var wanted = new List<int>();
        for (var i = 0; i < inputs.Length; i++)
        {
            if (!inputs[i].RequiresGrad)
            {
                continue;
            }
            if (inputs[i].DType != DType.Float64 || !inputs[i].IsContiguous)
            {
                throw new ArgumentException($"{name}: input {i} is {inputs[i].DType.Name} with "
                    + $"shape {inputs[i].Shape}; finite differences need contiguous float64");
            }
            wanted.Add(i);
        }
        return wanted.Count > 0 ? [.. wanted] : throw new ArgumentException(
            $"{name}: no input requires a gradient; set RequiresGrad on those to check");
    }

    private static double Shifted(Func<Tensor[], Tensor[]> function, Tensor[] inputs, int input,
        double[] original, int element, double by, Tensor[] cotangents)
    {
        var numbers = original.ToArray();
        numbers[element] += by;
        var shifted = inputs.ToArray();
        shifted[input] = Tensor.From(numbers, inputs[input].Shape);
        return Cotangents.Dot(GradMode.NoGrad(() => function(shifted)), cotangents);
    }
}
