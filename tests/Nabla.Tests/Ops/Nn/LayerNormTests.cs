using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class LayerNormTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("layer norm", x => x[0].LayerNorm(1, x[1], x[2]),
            "F.layer_norm(x0, x1.shape, x1, x2)",
            Inputs.Normal(3, 7), Inputs.Normal(7), Inputs.Normal(7)) { Tolerance = 2e-5 },
        new OpCase("layer norm without weight", x => x[0].LayerNorm(epsilon: 0.1),
            "F.layer_norm(x0, x0.shape[-1:], eps=0.1)", Inputs.Normal(2, 3, 19)),
        new OpCase("layer norm of two dimensions", x => x[0].LayerNorm(2, x[1], x[2]),
            "F.layer_norm(x0, x1.shape, x1, x2)",
            Inputs.Normal(2, 3, 4), Inputs.Normal(3, 4), Inputs.Normal(3, 4))
            { Tolerance = 2e-5 },
    ];

    [Fact]
    public void A_weight_must_have_the_last_sizes() => Assert.Equal(
        "LayerNorm: the last sizes of (2, 3) are (3,), but weight or bias is (2,)",
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 3)
            .LayerNorm(1, Tensor.Zeros(2), Tensor.Zeros(2))).Message);

    [Fact]
    public void A_weight_comes_with_a_bias() => Assert.Equal(
        "LayerNorm takes both weight and bias, or neither",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(2, 3).LayerNorm(1, Tensor.Zeros(3))).Message);

    [Fact]
    public void A_term_that_is_no_number_is_refused()
    {
        Fails("LayerNorm: epsilon must be a number from 0 up, got NaN",
            () => Tensor.Ones(2, 3).LayerNorm(epsilon: double.NaN));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
