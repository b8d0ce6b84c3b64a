using Nabla.Autograd;
using Nabla.Ops;
using static Nabla.Tests.Autograd.Leaves;

namespace Nabla.Tests.Autograd;

public class GradModeTests
{
    [Fact]
    public void Nothing_is_recorded_inside_NoGrad()
    {
        var x = Leaf(1);
        Assert.False(GradMode.NoGrad(() => x * 2).RequiresGrad);
        Assert.True((x * 2).RequiresGrad);
    }

    [Fact]
    public void Modes_nest_and_come_back()
    {
        Assert.True(GradMode.IsEnabled);
        using (GradMode.NoGrad())
        {
            Assert.False(GradMode.IsEnabled);
            using (GradMode.EnableGrad())
            {
                Assert.True(GradMode.IsEnabled);
            }
            Assert.False(GradMode.IsEnabled);
        }
        Assert.True(GradMode.IsEnabled);
    }

    [Fact]
    public void The_mode_comes_back_after_an_exception()
    {
        Assert.Throws<InvalidOperationException>(() => GradMode.NoGrad(
            () => throw new InvalidOperationException()));
        Assert.True(GradMode.IsEnabled);
    }

    [Fact]
    public void Each_thread_has_its_own_mode()
    {
        using (GradMode.NoGrad())
        {
            var elsewhere = false;
            var thread = new Thread(() => elsewhere = GradMode.IsEnabled);
            thread.Start();
            thread.Join();
            Assert.True(elsewhere);
        }
    }
}
