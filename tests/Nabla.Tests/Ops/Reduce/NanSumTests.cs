using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Ops.Reduce;

public class NanSumTests
{
    [Fact]
    public void NaN_counts_as_zero_and_gets_no_gradient()
    {
        var x = Tensor.From(new[,] { { 1f, float.NaN }, { 3f, 4f } });
        x.RequiresGrad = true;
        Assert.Equal([4f, 4f], x.NanSum(0).ToArray<float>());
        var sum = x.NanSum();
        Assert.Equal(8, sum.Item());
        sum.Backward();
        Assert.Equal([1f, 0f, 1f, 1f], x.Grad!.ToArray<float>());
    }
}
