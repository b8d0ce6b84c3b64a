using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Composite;

public class BitwiseNotTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("bitwise not", x => ~x[0], "~x0", Inputs.Normal(3, 4))
        { DTypes = Types.Whole, Differentiable = false }.Elementwise(),
        new OpCase("bitwise not as a method", x => x[0].BitwiseNot(), "torch.bitwise_not(x0)",
            Inputs.Normal(3, 4))
        { DTypes = Types.Whole, Differentiable = false },
    ];

    [Fact]
    public void Floats_have_no_bits()
    {
        var error = Assert.Throws<ArgumentException>(() => ~Tensor.From(1f));
        Assert.Contains("float32", error.Message);
    }

    [Fact]
    public void Floats_have_no_bits_to_turn()
    {
        Fails("~: works on the bits of integers and booleans, got float32", () => ~Tensor.Ones(2));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
