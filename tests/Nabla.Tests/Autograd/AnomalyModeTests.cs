using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;
using static Nabla.Tests.Autograd.Leaves;

namespace Nabla.Tests.Autograd;

public class AnomalyModeTests
{
    [Fact]
    public void The_op_that_first_made_a_NaN_is_named()
    {
        var x = Tensor.From(1f, -1f);
        var error = Assert.Throws<AnomalyException>(
            () => AnomalyMode.Detect(() => (x.Sqrt() * 2).Sum()));
        Assert.Equal("Sqrt", error.Op);
        Assert.Contains("shape (2,)", error.Message);
        Assert.False(AnomalyMode.IsEnabled);
    }

    [Fact]
    public void An_infinity_counts_too()
    {
        var error = Assert.Throws<AnomalyException>(
            () => AnomalyMode.Detect(() => _ = Tensor.From(1f) / Tensor.From(0f)));
        Assert.Equal("Div", error.Op);
    }

    [Fact]
    public void An_op_that_got_a_NaN_is_not_to_blame() => AnomalyMode.Detect(
        () => Assert.True(float.IsNaN((Tensor.From(float.NaN) * 2).Item())));

    [Fact]
    public void The_op_whose_gradient_first_is_infinite_is_named()
    {
        // d√x/dx at 0 is infinite, its forward is not.
        var x = Leaf(0, 1);
        var error = Assert.Throws<AnomalyException>(
            () => AnomalyMode.Detect(() => (x.Sqrt() * 2).Sum().Backward()));
        Assert.Equal("Sqrt", error.Op);
        Assert.Contains("in the gradient of Sqrt", error.Message);
        Assert.Null(x.Grad);
    }

    [Fact]
    public void Nothing_is_checked_when_it_is_off()
    {
        Assert.False(AnomalyMode.IsEnabled);
        Assert.True(float.IsNaN(Tensor.From(-1f).Sqrt().Item()));
    }

    [Fact]
    public void Each_thread_has_its_own_mode()
    {
        AnomalyMode.Detect(() =>
        {
            Assert.True(AnomalyMode.IsEnabled);
            var elsewhere = true;
            var thread = new Thread(() => elsewhere = AnomalyMode.IsEnabled);
            thread.Start();
            thread.Join();
            Assert.False(elsewhere);
        });
    }
}
