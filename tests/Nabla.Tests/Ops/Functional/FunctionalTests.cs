using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Functional;

public class FunctionalTests
{
    // f(a, b) = (a² b, Σ a): Jacobian by hand.
    private static readonly Tensor A = Tensor.From(2.0, 3.0);
    private static readonly Tensor B = Tensor.From(5.0, 7.0);

    [Fact]
    public void Vjp_multiplies_the_Jacobian_from_the_left()
    {
        var v = Nabla.Ops.Functional.Vjp(F, [A, B], Tensor.From(1.0, 10.0), Tensor.Scalar(100.0));
        // ∂/∂a: 2ab·v₀ + v₁; ∂/∂b: a²·v₀.
        Assert.Equal([120, 520], v[0].ToArray<double>());
        Assert.Equal([4, 90], v[1].ToArray<double>());
        Assert.False(v[0].RequiresGrad);
        Assert.False(A.RequiresGrad);
    }

    [Fact]
    public void Jvp_multiplies_the_Jacobian_from_the_right()
    {
        var v = Nabla.Ops.Functional.Jvp(F, [A, B], Tensor.From(1.0, 10.0), Tensor.From(2.0, 3.0));
        // 2ab·v_a + a²·v_b, Σ v_a.
        Assert.Equal([28, 447], v[0].ToArray<double>());
        Assert.Equal(11, v[1].Item<double>());
    }

    [Fact]
    public void Both_agree_for_one_argument()
    {
        var v = Tensor.From(0.5, -1.5);
        Assert.Equal(Nabla.Ops.Functional.Vjp(x => x.Exp(), A, v).ToArray<double>(),
            Nabla.Ops.Functional.Jvp(x => x.Exp(), A, v).ToArray<double>());
    }

    [Fact]
    public void Hvp_is_the_Hessian_times_the_vector()
    {
        // f = Σ x³: H = diag(6x).
        var product = Nabla.Ops.Functional.Hvp(
            x => (x * x * x).Sum(), A, Tensor.From(1.0, 2.0));
        Assert.Equal([12, 36], product.ToArray<double>());
    }

    [Fact]
    public void They_work_while_nothing_is_recorded() => GradMode.NoGrad(() => Assert.Equal(
        [4, 6], Nabla.Ops.Functional.Vjp(
            x => x * x, A, Tensor.From(1.0, 1.0)).ToArray<double>()));

    [Fact]
    public void What_the_outputs_do_not_depend_on_has_derivative_0()
    {
        var v = Nabla.Ops.Functional.Vjp(x => [x[0] * 2], [A, B], Tensor.From(1.0, 1.0));
        Assert.Equal([0, 0], v[1].ToArray<double>());
        Assert.Equal([0, 0], Nabla.Ops.Functional.Vjp(_ => B, A, A).ToArray<double>());
        Assert.Equal([0, 0], Nabla.Ops.Functional.Jvp(_ => B, A, A).ToArray<double>());
    }

    [Fact]
    public void Vectors_that_do_not_fit_are_refused()
    {
        Assert.Contains("Vjp: 1 vectors for 2 outputs", Assert.Throws<ArgumentException>(
            () => Nabla.Ops.Functional.Vjp(F, [A, B], A)).Message);
        Assert.Contains("Jvp: argument 0 has shape (2,), but its vector ()",
            Assert.Throws<ArgumentException>(() => Nabla.Ops.Functional.Jvp(
                x => x, A, Tensor.Scalar(1.0))).Message);
        Assert.Contains("Hvp: the function returns shape (2,)", Assert.Throws<ArgumentException>(
            () => Nabla.Ops.Functional.Hvp(x => x * x, A, A)).Message);
    }

    private static Tensor[] F(Tensor[] x) => [x[0] * x[0] * x[1], x[0].Sum()];
}
