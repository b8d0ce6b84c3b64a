using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvVector256Tests
{
    [Fact]
    public void ArithmeticIsThatOfScalars() => ConvVectors.CheckArithmetic<ConvVector256>();

    [Fact]
    public void TransposeSwapsRowsAndColumns() => ConvVectors.CheckTranspose<ConvVector256>();
}
