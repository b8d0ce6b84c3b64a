using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class CrossEntropyOptionsTests
{
    [Fact]
    public void DefaultsArePyTorchs() =>
        Assert.Equal(new CrossEntropyOptions(-100, 0), new CrossEntropyOptions());
}
