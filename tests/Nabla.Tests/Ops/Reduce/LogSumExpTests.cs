using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class LogSumExpTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("logsumexp over the last", x => x[0].LogSumExp(-1), "torch.logsumexp(x0, -1)",
            Inputs.Normal(3, 4, 5)),
        new OpCase("logsumexp over two, kept", x => x[0].LogSumExp([0, 2], keepDim: true),
            "torch.logsumexp(x0, (0, 2), keepdim=True)", Inputs.Normal(3, 4, 5)),
        new OpCase("logsumexp of all", x => x[0].LogSumExp([0, 1, 2]),
            "torch.logsumexp(x0, (0, 1, 2))", Inputs.Normal(3, 4, 5)),
        new OpCase("logsumexp of the last two, kept", x => x[0].LogSumExp([1, 2], keepDim: true),
            "torch.logsumexp(x0, (1, 2), keepdim=True)", Inputs.Normal(3, 4, 5)),
        new OpCase("logsumexp of the first", x => x[0].LogSumExp(0), "torch.logsumexp(x0, 0)",
            Inputs.Normal(3, 4, 5)),
        new OpCase("logsumexp of large numbers", x => x[0].LogSumExp(0), "torch.logsumexp(x0, 0)",
            Inputs.Values(1000, 1001, -1000)),
        new OpCase("logsumexp of infinities", x => x[0].LogSumExp(1), "torch.logsumexp(x0, 1)",
            Inputs.Values([3, 2],
            double.NegativeInfinity, double.NegativeInfinity,
            double.PositiveInfinity, 1, double.NegativeInfinity, 2).Constant()),
        new OpCase("logsumexp of nothing", x => x[0].LogSumExp(1), "torch.logsumexp(x0, 1)",
            Inputs.Normal(3, 0).Constant()),
    ];

    [Fact]
    public void Integers_are_real_numbers_here() => Assert.Equal(
        Math.Log(2) + 3, Tensor.From(3L, 3L).LogSumExp(0).Item<double>(), 1e-6);

    [Fact]
    public void Long_rows_give_what_short_ones_do()
    {
        var x = Tensor.Randn(1, 1 << 17);
        var parts = x.Reshape(128, 1024).LogSumExp(1).LogSumExp(0);
        Assert.Equal(parts.Item<float>(), x.LogSumExp(1).Item<float>(), 1e-5);
    }

    [Fact]
    public void A_dimension_is_named_once()
    {
        var x = Tensor.Ones(2, 3);
        var error = Assert.Throws<ArgumentException>(() => x.LogSumExp([1, -1]));
        Assert.Contains("LogSumExp", error.Message);
        Assert.Contains("twice", error.Message);
    }
}
