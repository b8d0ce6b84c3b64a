using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// Derivatives of C# functions of tensors, as <c>torch.autograd.functional</c>. Arguments may be
/// any floating-point tensors; no <c>Grad</c> is touched.
/// </summary>
public static partial class Functional
{
    /// <summary>The product vᵀJ of a vector and the Jacobian: one backward pass.</summary>
    /// <param name="function">The function f.</param>
    /// <param name="x">Its arguments.</param>
    /// <param name="v">One tensor for each output of f, of its shape.</param>
    /// <returns>One tensor for each argument, of its shape.</returns>
    /// <exception cref="ArgumentException">The number or a shape of <paramref name="v"/> does not
    /// fit the outputs.</exception>
    public static Tensor[] Vjp(Func<Tensor[], Tensor[]> function, Tensor[] x, params Tensor[] v)
    {
        using var recording = GradMode.EnableGrad();
        var leaves = Array.ConvertAll(x, Leaf);
        var y = Outputs("Vjp", function, leaves, v);
        return Array.ConvertAll(Pull(y, leaves, v, createGraph: false), g => g.Detach());
    }

    /// <summary>The product vᵀJ for one argument and one output.</summary>
    public static Tensor Vjp(Func<Tensor, Tensor> function, Tensor x, Tensor v) =>
        Vjp(a => [function(a[0])], [x], v)[0];

    /// <summary>The product Jv of the Jacobian and a vector, by two backward passes: vᵀ of the
    /// (linear) function w ↦ wᵀJ.</summary>
    /// <param name="function">The function f.</param>
    /// <param name="x">Its arguments.</param>
    /// <param name="v">One tensor for each argument, of its shape.</param>
    /// <returns>One tensor for each output, of its shape.</returns>
    /// <exception cref="ArgumentException">The number or a shape of <paramref name="v"/> does not
    /// fit the arguments.</exception>
    public static Tensor[] Jvp(Func<Tensor[], Tensor[]> function, Tensor[] x, params Tensor[] v)
    {
        using var recording = GradMode.EnableGrad();
        Check("Jvp", "argument", x, v);
        var leaves = Array.ConvertAll(x, Leaf);
        var y = function(leaves);
        // The product does not depend on w, which only has to be there to differentiate by.
        var w = Array.ConvertAll(y, output => Leaf(Tensor.ZerosLike(output)));
        var products = Pull(Pull(y, leaves, w, createGraph: true), w, v, createGraph: false);
        return Array.ConvertAll(products, g => g.Detach());
    }

    /// <summary>The product Jv for one argument and one output.</summary>
    public static Tensor Jvp(Func<Tensor, Tensor> function, Tensor x, Tensor v) =>
        Jvp(a => [function(a[0])], [x], v)[0];

    /// <summary>The product Hv of the Hessian of a scalar function and a vector, without the
    /// Hessian: ∇(∇f · v) (Pearlmutter, 1994).</summary>
    /// <param name="function">The function f: its result has one element.</param>
    /// <param name="x">Its argument.</param>
    /// <param name="v">A tensor of x's shape.</param>
    /// <exception cref="ArgumentException"><paramref name="v"/> has another shape.</exception>
    public static Tensor Hvp(Func<Tensor, Tensor> function, Tensor x, Tensor v)
    {
        Check("Hvp", "argument", [x], [v]);
        return Vjp(a => Gradient("Hvp", function, a), x, v);
    }

    /// <summary>∇f as a function that can be differentiated again.</summary>
    private static Tensor Gradient(string name, Func<Tensor, Tensor> function, Tensor x)
    {
        var y = function(x);
        return y.Count == 1
            ? Pull([y], [x], [Tensor.OnesLike(y)], createGraph: true)[0]
            : throw new ArgumentException($"{name}: the function returns shape {y.Shape}; its "
                + "result must have one element: reduce it (Sum, Mean)");
    }

    /// <summary>Gradients of Σ v · y; 0 for what y does not depend on.</summary>
    private static Tensor[] Pull(Tensor[] y, Tensor[] x, Tensor[] v, bool createGraph)
    {
        var roots = Enumerable.Range(0, y.Length).Where(k => y[k].RequiresGrad).ToArray();
        var gradients = roots.Length == 0
            ? new Tensor?[x.Length]
            : Tensor.Gradients([.. roots.Select(k => y[k])], x, [.. roots.Select(k => v[k])],
                retainGraph: true, createGraph: createGraph);
        return [.. gradients.Select((g, i) => g ?? Tensor.ZerosLike(x[i]))];
    }

    private static Tensor[] Outputs(
        string name, Func<Tensor[], Tensor[]> function, Tensor[] x, Tensor[] v)
    {
        var y = function(x);
        Check(name, "output", y, v);
        return y;
    }

    private static void Check(string name, string what, Tensor[] x, Tensor[] v)
    {
        if (x.Length != v.Length)
        {
            throw new ArgumentException(
                $"{name}: {v.Length} vectors for {x.Length} {what}s; give one for each");
        }
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i].Shape != v[i].Shape)
            {
                throw new ArgumentException($"{name}: {what} {i} has shape {x[i].Shape}, but its "
                    + $"vector {v[i].Shape}; they must be equal");
            }
        }
    }

    private static Tensor Leaf(Tensor x)
    {
        var leaf = x.Detach();
        leaf.RequiresGrad = true;
        return leaf;
    }
}
