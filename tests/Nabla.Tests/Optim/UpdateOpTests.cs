using Nabla.Autograd.Arithmetic;
using Nabla.Optim;
using Nabla.Tensors;

namespace Nabla.Tests.Optim;

public class UpdateOpTests
{
    /// <summary>Factors are read whole while the parameter is written.</summary>
    [Fact]
    public void With_factors_it_is_not_pointwise_and_overwrites_all_inputs_but_these()
    {
        var op = new SGDUpdateOp(new SgdSettings(0.9, 0, false, 0), true);
        Assert.True(op.IsPointwise);
        Assert.Equal("SGDUpdate", op.Name);
        var product = op.WithProduct();
        Assert.False(product.IsPointwise);
        Assert.Equal("SGDUpdate[MatMul]", product.Name);
        Assert.True(((ITakesProduct)product).TakesProduct);
        Assert.Equal([true, false, false, true, true, true],
            Enumerable.Range(0, 6).Select(input => product.MayOverwrite(0, input)));
        Assert.Equal([false, true, true, false],
            Enumerable.Range(0, 4).Select(product.AcceptsStrides));
    }
}
