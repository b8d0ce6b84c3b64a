using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Autograd.Arithmetic;

public class ExpandOpTests : Infrastructure.OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("expand rows", x => new ExpandOp([3, 2, 4]).Apply(x[0]), "x0.expand(3, 2, 4)",
            Inputs.Normal(2, 1)).Also(Inputs.Normal(4)).Also(Inputs.Normal())
            .Also(Inputs.Normal(3, 2, 4)),
        new OpCase("expand to nothing", x => new ExpandOp([0, 3]).Apply(x[0]), "x0.expand(0, 3)",
            Inputs.Normal(1, 3)),
    ];

    [Fact]
    public void What_repeats_has_stride_0()
    {
        var y = new ExpandOp([5, 2, 3]).Apply(Tensor.From([1f, 2f], [2, 1]));
        Assert.Equal([0, 1, 0], y.Strides.ToArray());
    }

    [Fact]
    public void Only_sizes_of_1_repeat()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new ExpandOp([3, 4]).Apply(Tensor.From([1f, 2f], [2, 1])));
        Assert.Contains("(2, 1) does not expand to (3, 4)", error.Message);
    }
}
