using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Lanes;

public class U32x1Tests
{
    [Fact]
    public void Products_counters_and_bits_are_exact() => U32LanesCheck.Run<U32x1>();
}
