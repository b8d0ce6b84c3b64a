using Nabla.Autograd;
using Nabla.Graphs;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Tests.Graphs;

public class TensorGuardTests
{
    [Fact]
    public void It_holds_until_something_changes()
    {
        var x = Tensor.From(1f);
        var guard = TensorGuard.Of(x);
        x.Assign(Tensor.From(2f));
        Assert.Null(guard());
        x.RequiresGrad = true;
        Assert.Contains("RequiresGrad", guard());
        x.RequiresGrad = false;
        Assert.Null(guard());
    }

    [Fact]
    public void Hooks_and_other_elements_are_seen()
    {
        var x = Tensor.From(1f);
        x.RequiresGrad = true;
        var guard = TensorGuard.Of(x);
        x.RegisterHook(g => g);
        Assert.Contains("hooks", guard());
        guard = TensorGuard.Of(x);
        x.Become(Tensor.From(1.0));
        Assert.Contains("other elements", guard());
    }
}
