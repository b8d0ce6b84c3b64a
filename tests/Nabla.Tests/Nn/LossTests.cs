using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Nn;

public class LossTests
{
    [Fact]
    public void A_loss_is_a_module_of_a_pair()
    {
        var loss = new MSELoss(Reduction.Sum);
        Tensor x = Tensor.From(1f, 3f), target = Tensor.From(1f, 1f);
        Assert.Equal(4f, loss.Call(x, target).Item());
        Assert.Equal(4f, loss.Call((x, target)).Item());
        Assert.Equal("MSELoss(reduction=Sum)", loss.ToString());
        Assert.Equal("MSELoss()", new MSELoss().ToString());
    }
}
