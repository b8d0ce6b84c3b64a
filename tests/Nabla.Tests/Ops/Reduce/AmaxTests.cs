using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class AmaxTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("amax of all", x => x[0].Amax(), "torch.amax(x0)",
            Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers },
        new OpCase("amax over the last", x => x[0].Amax(-1), "torch.amax(x0, -1)",
            Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers },
        new OpCase("amax over the first, kept", x => x[0].Amax(0, keepDim: true),
            "torch.amax(x0, 0, keepdim=True)", Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers },
        new OpCase("amax over two", x => x[0].Amax([0, -1]), "torch.amax(x0, (0, 2))",
            Inputs.Distinct(-3, 3, 3, 4, 5))
        { DTypes = Types.Numbers },
        new OpCase("amax over two, kept", x => x[0].Amax([1, 2], keepDim: true),
            "torch.amax(x0, (1, 2), keepdim=True)", Inputs.Distinct(-3, 3, 3, 4, 5)),
        new OpCase("amax without dimension", x => x[0].Amax(0), "torch.amax(x0, 0)",
            Inputs.Distinct(-3, 3)),
        new OpCase("amax to nothing", x => x[0].Amax(1), "torch.amax(x0, 1)", Inputs.Normal(0, 3)),
        new OpCase("amax with what is no number", x => x[0].Amax(1), "torch.amax(x0, 1)",
            Inputs.Values([2, 3], 1, double.NaN, 3, 4, 5,
            double.NegativeInfinity).Constant()),
    ];

    [Fact]
    public void Equals_share_the_gradient()
    {
        var x = Tensor.From(new float[,] { { 2, 2, 1 }, { 3, 4, 4 } });
        x.RequiresGrad = true;
        x.Amax(1).Sum().Backward();
        Assert.Equal([0.5f, 0.5f, 0f, 0f, 0.5f, 0.5f], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void Nothing_has_no_largest_element()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 0).Amax(1));
        Assert.Contains("(2, 0)", error.Message);
    }

    [Fact]
    public void A_dimension_is_named_once()
    {
        var x = Tensor.Ones(2, 3);
        var error = Assert.Throws<ArgumentException>(() => x.Amax([1, -1]));
        Assert.Contains("Amax", error.Message);
        Assert.Contains("twice", error.Message);
    }

    [Fact]
    public void A_missing_dimension_is_named()
    {
        var x = Tensor.Ones(2, 3);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => x.Amax(2));
        Assert.Contains("(2, 3)", error.Message);
    }
}
