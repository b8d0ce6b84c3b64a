using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvVector128Tests
{
    [Fact]
    public void ArithmeticIsThatOfScalars() => ConvVectors.CheckArithmetic<ConvVector128>();

    [Fact]
    public void TransposeSwapsRowsAndColumns() => ConvVectors.CheckTranspose<ConvVector128>();
}
