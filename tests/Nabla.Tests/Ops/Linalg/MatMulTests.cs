using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Linalg;

public class MatMulTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("mm", x => x[0].MatMul(x[1]), "x0 @ x1",
            Inputs.Normal(3, 5), Inputs.Normal(5, 4)),
        new OpCase("mv", x => x[0].MatMul(x[1]), "x0 @ x1",
            Inputs.Normal(3, 5), Inputs.Normal(5)),
        new OpCase("dot", x => x[0].MatMul(x[1]), "x0 @ x1",
            Inputs.Normal(5), Inputs.Normal(5)),
        new OpCase("bmm_broadcast", x => x[0].MatMul(x[1]), "x0 @ x1",
            Inputs.Normal(2, 1, 3, 5), Inputs.Normal(4, 5, 2)),
        new OpCase("batch_times_matrix", x => x[0].MatMul(x[1]), "x0 @ x1",
            Inputs.Normal(2, 3, 5), Inputs.Normal(5, 2)),
        new OpCase("two_leading_dimensions", x => x[0].MatMul(x[1]), "x0 @ x1",
                Inputs.Normal(2, 3, 4, 5), Inputs.Normal(2, 3, 5, 2))
            .Also(Inputs.Normal(3, 2, 1, 7), Inputs.Normal(3, 2, 7, 3))
            .Also(Inputs.Normal(2, 1, 3, 5), Inputs.Normal(1, 3, 5, 4))
            .Also(Inputs.Normal(1, 3, 2, 5), Inputs.Normal(2, 1, 5, 1))
            .Also(Inputs.Normal(2, 1, 3, 1, 4), Inputs.Normal(3, 1, 4, 2))
            .Also(Inputs.Normal(5), Inputs.Normal(2, 3, 5, 2))
            .Also(Inputs.Normal(2, 3, 4, 5), Inputs.Normal(5)),
        new OpCase("heads", x => x[0].SwapAxes(1, 2).MatMul(x[1].Permute(0, 2, 3, 1)),
            "x0.transpose(1, 2) @ x1.permute(0, 2, 3, 1)",
            Inputs.Normal(2, 5, 3, 4), Inputs.Normal(2, 7, 3, 4)),
    ];

    [Fact]
    public void Sizes_that_do_not_meet_are_named() => Assert.Contains("(3, 4) and (3, 4)",
        Assert.Throws<ArgumentException>(
            () => Tensor.Zeros(3, 4).MatMul(Tensor.Zeros(3, 4))).Message);

    [Fact]
    public void What_does_not_multiply_is_named()
    {
        Fails("MatMul multiplies float32, float64, int64, int32 or uint8 but got bool and bool",
            () => Tensor.Zeros(2, 2).Bool().MatMul(Tensor.Zeros(2, 2).Bool()));
        Fails("got float32 and int64; convert with To(dtype) first",
            () => MatMulOp.Instance.Apply(Tensor.Zeros(2, 2), Tensor.Zeros(2, 2).Long()));
        Fails("MatMul expects (…, M, K) and (…, K, N) with equal leading sizes but got (2,) and ",
            () => MatMulOp.Instance.Apply(Tensor.Zeros(2), Tensor.Zeros(2)));
        Fails("with equal leading sizes but got (2, 2, 2) and (3, 2, 2)",
            () => MatMulOp.Instance.Apply(Tensor.Zeros(2, 2, 2), Tensor.Zeros(3, 2, 2)));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void Half_floats_are_multiplied_in_single_precision(DType type)
    {
        var (a, b) = (Tensor.Randn(3, 5).To(type), Tensor.Randn(5, 4).To(type));
        var y = a.MatMul(b);
        Assert.Equal(type, y.DType);
        Assert.Equal(a.Float().MatMul(b.Float()).To(type).Numbers(), y.Numbers());
    }

    [Fact]
    public void Inner_and_leading_sizes_may_be_0()
    {
        var y = Tensor.Ones(2, 3, 0).MatMul(Tensor.Ones(0, 4));
        Assert.Equal(new Shape(2, 3, 4), y.Shape);
        Assert.All(y.ToArray<float>(), v => Assert.Equal(0, v));
        Assert.Equal(new Shape(0, 3, 4), Tensor.Ones(0, 3, 0).MatMul(Tensor.Ones(0, 4)).Shape);
        Assert.Equal(new Shape(5, 0, 3, 4),
            Tensor.Ones(5, 0, 3, 2).MatMul(Tensor.Ones(0, 2, 4)).Shape);
    }
}
