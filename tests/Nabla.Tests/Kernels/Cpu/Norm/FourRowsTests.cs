using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Norm;

public class FourRowsTests
{
    [Fact]
    public void Four_rows_of_lanes_do_what_each_of_them_does()
    {
        RowLanesCheck<F64x1, FourRows<F64x1>>.Run();
        RowLanesCheck<F32x4, FourRows<F32x4>>.Run();
        RowLanesCheck<F32x8, FourRows<F32x8>>.Run();
        RowLanesCheck<F32x16, FourRows<F32x16>>.Run();
    }
}
