using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Lanes;

public class F32x16Tests
{
    [Fact]
    public void Every_operation_equals_plain_arithmetic()
    {
        if (Simd.Wide)
        {
            LanesCheck.Arithmetic<F32x16, float>(v => (float)v, v => v);
        }
    }

    [Fact]
    public void Part_of_a_bundle_can_be_loaded_and_stored()
    {
        if (Simd.Wide)
        {
            LanesCheck.Parts<F32x16>();
        }
    }
}
