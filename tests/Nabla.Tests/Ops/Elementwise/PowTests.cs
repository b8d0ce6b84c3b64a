using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class PowTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("pow", x => x[0].Pow(x[1]), "torch.pow(x0, x1)",
            Inputs.Uniform(0.3, 3, 3, 4), Inputs.Uniform(-2, 2, 3, 4))
            .Elementwise(),
        new OpCase("pow of integers", x => x[0].Pow(x[1]), "torch.pow(x0, x1)",
            Inputs.Normal(3, 4), Inputs.Uniform(0.2, 0.8, 3, 4))
        { DTypes = [DType.Int32, DType.Int64] },
        new OpCase("pow 2", x => x[0].Pow(2), "torch.pow(x0, 2)", Inputs.Uniform(0.3, 3, 3, 4))
        { DTypes = Types.Signed },
        new OpCase("pow 3", x => x[0].Pow(3), "torch.pow(x0, 3)", Inputs.Uniform(0.3, 3, 3, 4))
        { DTypes = Types.Signed },
        new OpCase("pow 0.5", x => x[0].Pow(0.5), "torch.pow(x0, 0.5)",
            Inputs.Uniform(0.3, 3, 3, 4))
        { DTypes = Types.Signed },
        new OpCase("pow -1", x => x[0].Pow(-1), "torch.pow(x0, -1)", Inputs.Uniform(0.3, 3, 3, 4)),
        new OpCase("pow -2", x => x[0].Pow(-2), "torch.pow(x0, -2)", Inputs.Uniform(0.3, 3, 3, 4)),
        new OpCase("pow 2.5", x => x[0].Pow(2.5), "torch.pow(x0, 2.5)",
            Inputs.Uniform(0.3, 3, 3, 4))
        { DTypes = Types.Signed },
        new OpCase("pow 0", x => x[0].Pow(0), "torch.pow(x0, 0)", Inputs.Uniform(0.3, 3, 3, 4))
        { DTypes = Types.Signed },
        new OpCase("pow 1", x => x[0].Pow(1), "torch.pow(x0, 1)", Inputs.Uniform(0.3, 3, 3, 4))
        { DTypes = Types.Signed },
        new OpCase("pow of a number", x => ((Tensor)2.5).Pow(x[0]), "torch.pow(2.5, x0)",
            Inputs.Normal(3, 4)),
        new OpCase("pow at its edges", x => x[0].Pow(x[1]), "torch.pow(x0, x1)",
            Inputs.Values(0, 0, -2, -2, double.NaN, 1, double.PositiveInfinity).Constant(),
            Inputs.Values(0, -1, 3, 0.5, 0, double.NaN, -1).Constant()),
    ];

    [Fact]
    public void At_zero_slopes_are_limits_where_there_are_any()
    {
        var x = Tensor.From(0f, 0f, 0f, 0f);
        var y = Tensor.From(0f, 1f, 2f, -1f);
        x.RequiresGrad = y.RequiresGrad = true;
        x.Pow(y).Sum().Backward();
        Assert.Equal([0f, 1f, 0f, float.NegativeInfinity], x.Grad!.ToArray<float>());
        Assert.Equal([0f, 0f, 0f, float.NegativeInfinity], y.Grad!.ToArray<float>());
    }

    [Fact]
    public void Integers_have_no_negative_powers()
    {
        Fails("Pow: int64 has no negative powers (got -1); convert with Float() first",
            () => Tensor.Arange(3).Pow(-1));

        static void Fails(string says, Func<object> action) => Assert.Contains(says,
            Assert.ThrowsAny<ArgumentException>(action).Message);
    }
}
