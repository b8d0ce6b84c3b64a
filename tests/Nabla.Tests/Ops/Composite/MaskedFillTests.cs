using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class MaskedFillTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("masked fill", x => x[0].MaskedFill(x[1], -7), "x0.masked_fill(x1, -7)",
            Inputs.Normal(3, 4), Inputs.Bools(3, 4))
        { DTypes = Types.Signed },
        new OpCase("masked fill by a broadcast mask", x => x[0].MaskedFill(x[1], 0.5),
            "x0.masked_fill(x1, 0.5)", Inputs.Normal(3, 4), Inputs.Bools(3, 1)),
    ];

    [Fact]
    public void The_value_is_one_number()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Tensor.Ones(2).MaskedFill(Tensor.From(true, false), Tensor.Ones(2)));
        Assert.Contains("(2,)", error.Message);
    }

    [Fact]
    public void An_integer_takes_no_fraction()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Tensor.From(1L).MaskedFill(Tensor.From(true), 0.5));
        Assert.Contains("int64", error.Message);
    }

    [Fact]
    public void The_mask_is_boolean() =>
        Assert.Throws<ArgumentException>(() => Tensor.Ones(2).MaskedFill(Tensor.Ones(2), 0));

    [Fact]
    public void Several_values_are_refused()
    {
        Fails("MaskedFill: the value is one number, got shape (2,); use Tensor.Where",
            () => Tensor.Ones(2).MaskedFill(Tensor.Ones(2).Bool(), Tensor.Ones(2)));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
