using System.Runtime.Intrinsics.X86;
using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public class SimdTests
{
    [Fact]
    public void Wide_registers_imply_the_instructions_that_the_lanes_use()
    {
        Assert.Equal(Avx512F.IsSupported, Simd.Wide);
        Assert.True(!Simd.Wide || Simd.Medium);
        Assert.True(!Simd.Medium || Fma.IsSupported);
    }
}
