using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class NormTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("norm 2 over the last", x => x[0].Norm(2, -1), "torch.norm(x0, 2, -1)",
            Inputs.Distinct(-3, 3, 3, 5)),
        new OpCase("norm 1 over the last", x => x[0].Norm(1, -1), "torch.norm(x0, 1, -1)",
            Inputs.Distinct(-3, 3, 3, 5)),
        new OpCase("norm 3 over the last", x => x[0].Norm(3, -1), "torch.norm(x0, 3, -1)",
            Inputs.Distinct(-3, 3, 3, 5)),
        new OpCase("norm 0.5 over the last", x => x[0].Norm(0.5, -1), "torch.norm(x0, 0.5, -1)",
            Inputs.Distinct(-3, 3, 3, 5)),
        new OpCase("norm -1 over the last", x => x[0].Norm(-1, -1), "torch.norm(x0, -1, -1)",
            Inputs.Distinct(-3, 3, 3, 5)),
        new OpCase("norm 0 over the last", x => x[0].Norm(0, -1), "torch.norm(x0, 0, -1)",
            Inputs.Distinct(-3, 3, 3, 5))
        { Differentiable = false },
        new OpCase("norm infinity over the last", x => x[0].Norm(double.PositiveInfinity, -1),
            "torch.norm(x0, float('inf'), -1)", Inputs.Distinct(-3, 3, 3, 5)),
        new OpCase("norm -infinity over the last", x => x[0].Norm(double.NegativeInfinity, -1),
            "torch.norm(x0, -float('inf'), -1)", Inputs.Distinct(-3, 3, 3, 5)),
        new OpCase("norm of all", x => x[0].Norm(), "torch.norm(x0)", Inputs.Normal(3, 4)),
        new OpCase("norm over two, kept", x => x[0].Norm(2, [0, 2], keepDim: true),
            "torch.norm(x0, 2, (0, 2), keepdim=True)", Inputs.Normal(3, 4, 5)),
        new OpCase("norm 3 of all", x => x[0].Norm(3), "torch.norm(x0, 3)", Inputs.Normal(3, 4)),
    ];

    [Fact]
    public void Integers_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.From(1L, 2L).Norm());
        Assert.Contains("Norm", error.Message);
        Assert.Contains("Float()", error.Message);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void At_zero_it_has_no_slope(double p)
    {
        var x = Tensor.Zeros(3);
        x.RequiresGrad = true;
        x.Norm(p).Backward();
        Assert.Equal([0f, 0f, 0f], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void Orders_are_numbers() =>
        Assert.Throws<ArgumentException>(() => Tensor.Ones(2).Norm(double.NaN));

    [Fact]
    public void An_order_that_is_no_number_is_refused()
    {
        Fails("Norm: the order p is NaN", () => Tensor.Ones(2).Norm(double.NaN));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
