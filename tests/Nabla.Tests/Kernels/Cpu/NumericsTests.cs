using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public class NumericsTests
{
    [Fact]
    public void StrictIsReadFromTheEnvironment()
    {
        Assert.False(Numerics.Parse(null));
        Assert.False(Numerics.Parse("0"));
        Assert.True(Numerics.Parse("1"));
        var error = Assert.Throws<FormatException>(() => Numerics.Parse("yes"));
        Assert.Contains("NABLA_STRICT is 'yes' but must be 0 or 1", error.Message);
    }

    [Fact]
    public void StrictHoldsUntilItIsChanged()
    {
        var before = Numerics.Strict;
        Numerics.Strict = !before;
        Assert.Equal(!before, Numerics.Strict);
        Numerics.Strict = before;
        Assert.Equal(before, Numerics.Strict);
    }
}
