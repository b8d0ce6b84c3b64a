using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Reduce;

public class MeanTests : OpTests
{
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("mean", x => x[0].Mean(), "x0.mean()", Inputs.Normal(3, 5)),
        new OpCase("mean_0", x => x[0].Mean(0, keepDim: true), "x0.mean(0, keepdim=True)",
            Inputs.Normal(3, 5)),
    ];

    [Fact]
    public void Integers_are_refused() => Assert.Contains("convert with Float()",
        Assert.Throws<ArgumentException>(() => Tensor.From(1, 2).Mean()).Message);
}
