using Nabla.Ops;
using Nabla.Tensors;
using Nabla.Tests.Infrastructure;

namespace Nabla.Tests.Ops.Random;

public class RandPermTests : OpTests
{
    // What a seed gives is kept from version to version; the kernels' tests compare the generator
    // with its published vectors.
    public override IEnumerable<OpCase> Cases =>
    [
        new OpCase("randperm", _ => Tensor.RandPerm(6, new Generator(1)), "")
        {
            Reference = _ => [Tensor.From(5L, 3L, 0L, 1L, 4L, 2L)],
            DTypes = [DType.Int64],
            Differentiable = false,
            Capturable = false,
        },
    ];

    [Fact]
    public void Each_number_comes_once()
    {
        var x = Tensor.RandPerm(100, new Generator(1)).ToArray<long>();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), x.Order());
        Assert.NotEqual(x.Order(), x);
    }
}
