using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Compares gradients of gradients with finite differences.</summary>
public static class GradGradCheck
{
    /// <summary>
    /// Runs <see cref="GradCheck"/> on (x, v) ↦ ∇ₓ Σ v · f(x): second derivatives with respect to
    /// the arguments, and first ones with respect to the cotangents v.
    /// </summary>
    /// <param name="function">What is differentiated twice.</param>
    /// <param name="inputs">Its arguments: float64 where they require a gradient.</param>
    /// <param name="eps">The step of the finite differences.</param>
    /// <param name="atol">The absolute difference allowed.</param>
    /// <param name="rtol">The difference allowed relative to the finite difference.</param>
    /// <param name="maxElements">Arguments of more elements are checked at so many.</param>
    /// <exception cref="ArgumentException">As for <see cref="GradCheck"/>.</exception>
    /// <exception cref="ArithmeticException">A gradient of a gradient is wrong.</exception>
    public static void Run(Func<Tensor[], Tensor[]> function, Tensor[] inputs, double eps = 1e-6,
        double atol = 1e-6, double rtol = 1e-5, int maxElements = int.MaxValue)
    {
        var wanted = Enumerable.Range(0, inputs.Length)
            .Where(i => inputs[i].RequiresGrad).ToArray();
        var cotangents = Array.ConvertAll(
            GradMode.NoGrad(() => function(inputs)), Cotangents.Of);
        foreach (var cotangent in cotangents)
        {
            cotangent.RequiresGrad = true;
        }
        GradCheck.Compare("GradGradCheck", Gradient, [.. inputs, .. cotangents],
            eps, atol, rtol, maxElements);

        Tensor[] Gradient(Tensor[] x)
        {
            using var recording = GradMode.EnableGrad();
            var arguments = x[..inputs.Length];
            foreach (var i in wanted)
            {
                // A shifted copy of an argument is a plain tensor.
                arguments[i] = arguments[i].RequiresGrad ? arguments[i] : Leaf(arguments[i]);
            }
            var y = function(arguments);
            var roots = Enumerable.Range(0, y.Length).Where(k => y[k].RequiresGrad).ToArray();
            if (roots.Length == 0)
            {
                return [];
            }
            var gradients = Tensor.Gradients([.. roots.Select(k => y[k])],
                [.. wanted.Select(i => arguments[i])],
                [.. roots.Select(k => x[inputs.Length + k])], createGraph: true);
            return [.. gradients.Select((g, w) => g ?? Tensor.ZerosLike(arguments[wanted[w]]))];
        }
    }

    /// <summary>The same for a function of one output.</summary>
    public static void Run(Func<Tensor[], Tensor> function, params Tensor[] inputs) =>
        Run(x => [function(x)], inputs);

    private static Tensor Leaf(Tensor x)
    {
        var leaf = x.Detach();
        leaf.RequiresGrad = true;
        return leaf;
    }
}
