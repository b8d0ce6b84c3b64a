using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Norm;

public class OneRowTests
{
    [Fact]
    public void A_row_of_lanes_does_what_the_lanes_do()
    {
        RowLanesCheck<F64x1, OneRow<F64x1>>.Run();
        RowLanesCheck<F32x4, OneRow<F32x4>>.Run();
        RowLanesCheck<F32x8, OneRow<F32x8>>.Run();
        RowLanesCheck<F32x16, OneRow<F32x16>>.Run();
    }
}
