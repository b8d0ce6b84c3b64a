using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Elementwise;

public class WhereTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("where", x => Tensor.Where(x[0], x[1], x[2]), "torch.where(x0, x1, x2)",
            Inputs.Bools(3, 4), Inputs.Normal(3, 4), Inputs.Normal(3, 4))
        { DTypes = Types.All }.Elementwise(),
        new OpCase("where with a number", x => Tensor.Where(x[0], x[1], 0.5),
            "torch.where(x0, x1, torch.full_like(x1, 0.5))",
            Inputs.Bools(3, 4), Inputs.Normal(3, 4)),
        new OpCase("where of mixed types", x => Tensor.Where(x[0], x[1], x[2]),
            "torch.where(x0, x1, x2.to(x1.dtype))",
            Inputs.Bools(3, 4), Inputs.Normal(3, 4), Inputs.Integers(0, 5, 3, 4)),
    ];

    [Fact]
    public void The_condition_is_boolean()
    {
        var x = Tensor.From(1f);
        var error = Assert.Throws<ArgumentException>(() => Tensor.Where(x, x, x));
        Assert.Contains("float32", error.Message);
    }

    [Fact]
    public void What_is_not_chosen_may_be_anything()
    {
        var x = Tensor.From(-1f, 4f);
        x.RequiresGrad = true;
        Tensor.Where(x > 0, x, float.NaN).Sum().Backward();
        Assert.Equal([0f, 1f], x.Grad!.ToArray<float>());
    }
}
