using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Functional;

public class FunctionalJacobianTests
{
    [Fact]
    public void The_Jacobian_of_a_linear_map_is_its_matrix()
    {
        var w = Tensor.From([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [2, 3]);
        var jacobian = Nabla.Ops.Functional.Jacobian(
            x => w.MatMul(x), Tensor.From(1.0, 1.0, 1.0));
        Assert.Equal([2, 3], jacobian.Shape);
        Assert.Equal(w.ToArray<double>(), jacobian.ToArray<double>());
    }

    [Fact]
    public void The_Jacobian_has_the_outputs_shape_and_then_the_inputs()
    {
        var x = Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]);
        var jacobian = Nabla.Ops.Functional.Jacobian(a => a.T, x);
        Assert.Equal([3, 2, 2, 3], jacobian.Shape);
        // ∂y[i, j] / ∂x[k, l] is 1 where (j, i) = (k, l).
        var values = jacobian.ToArray<float>();
        for (var e = 0; e < values.Length; e++)
        {
            var (i, j, k, l) = (e / 12, e / 6 % 2, e / 3 % 2, e % 3);
            Assert.Equal((j, i) == (k, l) ? 1f : 0f, values[e]);
        }
    }

    [Fact]
    public void The_Hessian_of_a_quadratic_form_is_its_symmetric_part_twice()
    {
        var q = Tensor.From([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], [3, 3]);
        var hessian = Nabla.Ops.Functional.Hessian(
            x => x.MatMul(q).MatMul(x), Tensor.From(0.3, -0.7, 1.1));
        Assert.Equal([3, 3], hessian.Shape);
        Assert.Equal((q + q.T).ToArray<double>(), hessian.ToArray<double>());
    }

    [Fact]
    public void A_linear_function_has_no_curvature() => Assert.All(
        Nabla.Ops.Functional.Hessian(x => x.Sum(), Tensor.From(1.0, 2.0)).ToArray<double>(),
        h => Assert.Equal(0, h));

    [Fact]
    public void The_Hessian_needs_a_function_of_one_element() =>
        Assert.Contains("Hessian: the function returns shape (2,)",
            Assert.Throws<ArgumentException>(() => Nabla.Ops.Functional.Hessian(
                x => x, Tensor.From(1.0, 2.0))).Message);
}
