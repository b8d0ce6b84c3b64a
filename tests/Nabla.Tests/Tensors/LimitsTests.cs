using Nabla.Tensors;

namespace Nabla.Tests.Tensors;

public class LimitsTests
{
    [Fact]
    public void Limits_after_limits_are_limits()
    {
        Assert.Equal(new Limits(0, 6), Limits.Relu.Then(new(float.NegativeInfinity, 6)));
        Assert.Equal(Limits.Relu, Limits.None.Then(Limits.Relu));
        Assert.Equal(new Limits(2, 2), new Limits(0, 1).Then(new(2, 3)));
        Assert.Equal(new Limits(3, 4), new Limits(-1, 9).Then(new(3, 4)));
    }
}
