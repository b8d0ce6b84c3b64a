using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Nn;

public class BatchNormTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("batch_norm", x => x[0].BatchNorm(x[1], x[2]).Y,
            "F.batch_norm(x0, None, None, x1, x2, True)",
            Inputs.Normal(3, 2, 4, 2), Inputs.Normal(2), Inputs.Normal(2))
            { Tolerance = 1e-4 },
        new OpCase("batch_norm of vectors", x => x[0].BatchNorm(x[1], x[2], 1e-2).Y,
            "F.batch_norm(x0, None, None, x1, x2, True, eps=1e-2)",
            Inputs.Normal(5, 3), Inputs.Normal(3), Inputs.Normal(3)) { Tolerance = 1e-4 },
        new OpCase("batch_norm without weights", x => x[0].BatchNorm().Y,
            "F.batch_norm(x0, None, None, training=True)", Inputs.Normal(2, 3, 4))
            { Tolerance = 1e-4 },
    ];

    [Fact]
    public void Statistics_are_the_batchs_and_carry_no_gradient()
    {
        var x = Tensor.From([1.0, 2, 3, 6], new Shape(4, 1));
        x.RequiresGrad = true;
        var (_, mean, variance) = x.BatchNorm();
        Assert.Equal([3.0], mean.ToArray<double>());
        Assert.Equal([3.5], variance.ToArray<double>());
        Assert.False(mean.RequiresGrad || variance.RequiresGrad);
    }

    [Theory]
    [InlineData(4, 3, 5)]
    [InlineData(6, 17, 1)]
    public void The_gradient_may_lie_where_x_or_the_outputs_gradient_did(params int[] dims)
    {
        var op = new BatchNormBackwardOp(false);
        for (var over = 0; over < 2; over++)
        {
            Assert.True(op.MayOverwrite(0, over));
            var shape = new Shape([.. dims.Select(d => (long)d)]);
            Tensor[] x = [Tensor.Randn(shape), Tensor.Randn(shape), Tensor.Zeros(shape[1]),
                Tensor.Ones(shape[1])];
            var expected = op.ApplyAll(x)[0].ToArray<float>();
            op.Forward(x, [x[over]]);
            Assert.Equal(expected, x[over].ToArray<float>());
        }
        Assert.False(op.MayOverwrite(0, 2));
    }

    [Fact]
    public void Wrong_inputs_are_named()
    {
        Throws("BatchNorm expects (N, C, …) but got (3,)", () => Tensor.Zeros(3).BatchNorm().Y);
        Throws("has 3 channels, but weights or statistics are (2,)",
            () => Tensor.Zeros(4, 3).BatchNorm(Tensor.Ones(2), Tensor.Zeros(2)).Y);
        Throws("needs more than one value per channel to train, but got (1, 3)",
            () => Tensor.Zeros(1, 3).BatchNorm().Y);
        Throws("takes both weight and bias, or neither",
            () => Tensor.Zeros(4, 3).BatchNorm(Tensor.Ones(3)).Y);
    }

    private static void Throws(string part, Func<Tensor> action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message);
}
