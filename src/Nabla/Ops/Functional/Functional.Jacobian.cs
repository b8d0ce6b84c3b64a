using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

public static partial class Functional
{
    /// <summary>The Jacobian Jᵢⱼ = ∂yᵢ/∂xⱼ of y = f(x): one backward pass for each element of y.
    /// </summary>
    /// <param name="function">The function f.</param>
    /// <param name="x">Its argument.</param>
    /// <returns>A tensor of y's shape followed by x's.</returns>
    public static Tensor Jacobian(Func<Tensor, Tensor> function, Tensor x)
    {
        using var recording = GradMode.EnableGrad();
        var leaf = Leaf(x);
        var y = function(leaf);
        var jacobian = Tensor.Zeros(new Shape([.. y.Shape.Dims, .. x.Shape.Dims]), x.DType);
        for (var i = 0L; i < y.Count; i++)
        {
            var row = Pull([y], [leaf], [OneHot(y, i)], createGraph: false)[0];
            var layout = Layout.Contiguous(x.Shape) with { Offset = i * x.Count };
            x.Device.Copy(row, jacobian.Alias(layout));
        }
        return jacobian;
    }

    /// <summary>The Hessian Hᵢⱼ = ∂²y/∂xᵢ∂xⱼ of a scalar function y = f(x).</summary>
    /// <param name="function">The function f: its result has one element.</param>
    /// <param name="x">Its argument.</param>
    /// <returns>A tensor of x's shape twice.</returns>
    /// <exception cref="ArgumentException">The result has more than one element.</exception>
    public static Tensor Hessian(Func<Tensor, Tensor> function, Tensor x) =>
        Jacobian(a => Gradient("Hessian", function, a), x);

    private static Tensor OneHot(Tensor y, long at)
    {
        var v = Tensor.ZerosLike(y);
        v.Device.Fill(1, v.Alias(new Layout(Shape.Scalar, [], at)));
        return v;
    }
}
