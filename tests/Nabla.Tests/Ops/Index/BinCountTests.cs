using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Index;

public class BinCountTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("bincount", x => x[0].BinCount(), "torch.bincount(x0)",
            Inputs.Integers(0, 6, 20)).Also(Inputs.Integers(0, 6, 0))
            with { Differentiable = false, Capturable = false },
        new OpCase("at least ten", x => x[0].BinCount(minLength: 10),
            "torch.bincount(x0, minlength=10)", Inputs.Integers(0, 6, 20))
            { Differentiable = false, Capturable = false },
        new OpCase("weighted", x => x[0].BinCount(x[1]),
            "torch.zeros(int(x0.max()) + 1, dtype=torch.float64).index_add(0, x0, x1)",
            Inputs.Integers(0, 6, 20), Inputs.Normal(20)) { Capturable = false },
    ];

    [Fact]
    public void Wrong_input_is_named()
    {
        Throws("BinCount: expects a vector of integers but got float32 of shape (3,)",
            () => Tensor.Zeros(3).BinCount());
        Throws("BinCount: counts integers ≥ 0 but got -1", () => Tensor.From(1L, -1L).BinCount());
        Throws("BinCount: weights of shape (2,) do not fit (1,)",
            () => Tensor.From(1L).BinCount(Tensor.Zeros(2)));
    }

    [Fact]
    public void A_negative_number_of_bins_is_refused()
    {
        Fails("BinCount: minLength must be at least 0, got -1",
            () => Tensor.Arange(3).BinCount(minLength: -1));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    private static void Throws(string message, Func<object> action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
