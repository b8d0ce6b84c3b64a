using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class LinearTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("linear", x => x[0].Linear(x[1], x[2]), "F.linear(x0, x1, x2)",
            Inputs.Normal(3, 5), Inputs.Normal(4, 5), Inputs.Normal(4)),
        new OpCase("linear_3d", x => x[0].Linear(x[1]), "F.linear(x0, x1)",
            Inputs.Normal(2, 3, 5), Inputs.Normal(4, 5)),
    ];

    [Fact]
    public void Images_get_the_hint_to_flatten() => Assert.Contains("flatten first?",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(2, 28, 28).Linear(Tensor.Zeros(10, 784))).Message);

    [Fact]
    public void A_bias_of_another_size_is_refused() => Assert.Contains("bias of shape (10,)",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(2, 4).Linear(Tensor.Zeros(10, 4), Tensor.Zeros(9))).Message);

    [Fact]
    public void Types_that_do_not_go_together_are_named()
    {
        var (x, weight) = (Tensor.Ones(2, 3), Tensor.Ones(4, 3));
        Throws("Linear computes in float32 or float64 but got int64",
            () => x.Linear(weight.Long()));
        Throws("Linear computes in float32 or float64 but got bool",
            () => x.Bool().Linear(weight.Bool()));
        Throws("Linear: the inputs are float32 and float64", () => x.Linear(weight.Double()));
        Throws("Linear computes in float32 or float64 but got float16",
            () => x.Half().Linear(weight));
        Throws("Linear expects (N, in) and a weight (out, in), but got (2, 3) and (2, 3, 4)",
            () => LinearOp.Instance.Apply(x, Tensor.Ones(2, 3, 4)));

        static void Throws(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    [Fact]
    public void Half_floats_are_multiplied_in_single_precision()
    {
        var (x, w) = (Tensor.Randn(2, 3).Half(), Tensor.Randn(4, 3).Half());
        var b = Tensor.Randn(4).Half();
        var y = x.Linear(w, b);
        Assert.Equal(DType.Float16, y.DType);
        Assert.Equal(x.Float().Linear(w.Float(), b.Float()).Half().Numbers(), y.Numbers());
    }
}
