using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class VarTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("var of all", x => x[0].Var(), "torch.var(x0)", Inputs.Normal(3, 4, 5)),
        new OpCase("var over the last", x => x[0].Var(-1), "torch.var(x0, -1)",
            Inputs.Normal(3, 4, 5)),
        new OpCase("var over two, biased, kept", x => x[0].Var([0, 2], 0, true),
            "torch.var(x0, (0, 2), unbiased=False, keepdim=True)", Inputs.Normal(3, 4, 5)),
        new OpCase("var over the first, biased", x => x[0].Var(0, 0),
            "torch.var(x0, 0, unbiased=False)", Inputs.Normal(3, 4, 5)),
        new OpCase("var with a correction of two", x => x[0].Var([1], 2),
            "torch.var(x0, (1,), correction=2)", Inputs.Normal(3, 4, 5)),
        new OpCase("var far from zero", x => x[0].Var(), "torch.var(x0)",
            Inputs.Uniform(1000, 1001, 50)),
        new OpCase("var of nothing", x => x[0].Var(1), "torch.var(x0, 1)",
            Inputs.Normal(2, 0).Constant()),
        new OpCase("var of one", x => x[0].Var(1), "torch.var(x0, 1)",
            Inputs.Normal(2, 1).Constant()),
        new OpCase("std of all", x => x[0].Std(), "torch.std(x0)", Inputs.Normal(3, 4, 5)),
        new OpCase("std over the last", x => x[0].Std(-1), "torch.std(x0, -1)",
            Inputs.Normal(3, 4, 5)),
        new OpCase("std over two, biased, kept", x => x[0].Std([0, 2], 0, true),
            "torch.std(x0, (0, 2), unbiased=False, keepdim=True)", Inputs.Normal(3, 4, 5)),
        new OpCase("std over the first, biased", x => x[0].Std(0, 0),
            "torch.std(x0, 0, unbiased=False)", Inputs.Normal(3, 4, 5)),
        new OpCase("std with a correction of two", x => x[0].Std([1], 2),
            "torch.std(x0, (1,), correction=2)", Inputs.Normal(3, 4, 5)),
        new OpCase("std far from zero", x => x[0].Std(), "torch.std(x0)",
            Inputs.Uniform(1000, 1001, 50)),
        new OpCase("std of nothing", x => x[0].Std(1), "torch.std(x0, 1)",
            Inputs.Normal(2, 0).Constant()),
        new OpCase("std of one", x => x[0].Std(1), "torch.std(x0, 1)",
            Inputs.Normal(2, 1).Constant()),
        new OpCase("var and mean", x => { var (v, m) = x[0].VarMean([1]); return new[] { v, m }; },
            "torch.var_mean(x0, 1)", Inputs.Normal(3, 4, 5)),
    ];

    [Fact]
    public void Integers_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.From(1L, 2L).Var());
        Assert.Contains("Var", error.Message);
        Assert.Contains("Float()", error.Message);
    }

    [Fact]
    public void Integers_have_no_deviation()
    {
        var error = Assert.Throws<ArgumentException>(() => Tensor.From(1L, 2L).Std());
        Assert.Contains("Std", error.Message);
        Assert.Contains("Float()", error.Message);
    }

    [Fact]
    public void Where_nothing_varies_the_deviation_has_no_slope()
    {
        var x = Tensor.From(2f, 2f, 2f);
        x.RequiresGrad = true;
        x.Std().Backward();
        Assert.Equal([0f, 0f, 0f], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_dimension_is_named_once()
    {
        var x = Tensor.Ones(2, 3);
        var error = Assert.Throws<ArgumentException>(() => x.Var([1, -1]));
        Assert.Contains("Var", error.Message);
        Assert.Contains("twice", error.Message);
    }

    [Fact]
    public void A_missing_dimension_is_named()
    {
        var x = Tensor.Ones(2, 3);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => x.Var(2));
        Assert.Contains("(2, 3)", error.Message);
    }
}
