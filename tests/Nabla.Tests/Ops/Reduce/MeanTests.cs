using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class MeanTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("mean of all", x => x[0].Mean(), "torch.mean(x0)", Inputs.Normal(3, 4, 5)),
        new OpCase("mean over the last", x => x[0].Mean(-1), "torch.mean(x0, -1)",
            Inputs.Normal(3, 4, 5)),
        new OpCase("mean over the first, kept", x => x[0].Mean(0, keepDim: true),
            "torch.mean(x0, 0, keepdim=True)", Inputs.Normal(3, 4, 5)),
        new OpCase("mean over two", x => x[0].Mean([0, -1]), "torch.mean(x0, (0, 2))",
            Inputs.Normal(3, 4, 5)),
        new OpCase("mean over two, kept", x => x[0].Mean([1, 2], keepDim: true),
            "torch.mean(x0, (1, 2), keepdim=True)", Inputs.Normal(3, 4, 5)),
        new OpCase("mean without dimension", x => x[0].Mean(0), "torch.mean(x0, 0)",
            Inputs.Normal()),
        new OpCase("mean of nothing", x => x[0].Mean(1), "torch.mean(x0, 1)",
            Inputs.Normal(3, 0).Constant()),
        new OpCase("mean to nothing", x => x[0].Mean(1), "torch.mean(x0, 1)", Inputs.Normal(0, 3)),
    ];

    [Fact]
    public void A_dimension_is_named_once()
    {
        var x = Tensor.Ones(2, 3);
        var error = Assert.Throws<ArgumentException>(() => x.Mean([1, -1]));
        Assert.Contains("Mean", error.Message);
        Assert.Contains("twice", error.Message);
    }

    [Fact]
    public void A_missing_dimension_is_named()
    {
        var x = Tensor.Ones(2, 3);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => x.Mean(2));
        Assert.Contains("(2, 3)", error.Message);
    }

    [Fact]
    public void Integers_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.From(1L, 2L).Mean());
        Assert.Contains("Mean", error.Message);
        Assert.Contains("Float()", error.Message);
    }

    [Fact]
    public void Sixteen_bit_sums_that_overflow_have_means()
    {
        var x = Tensor.Full([1000], 1000, DType.Float16);
        Assert.Equal(1000, x.Mean().Item<double>());
    }
}
