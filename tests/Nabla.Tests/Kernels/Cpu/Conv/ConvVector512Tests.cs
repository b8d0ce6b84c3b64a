using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed class ConvVector512Tests
{
    [Fact]
    public void ArithmeticIsThatOfScalars() => ConvVectors.CheckArithmetic<ConvVector512>();

    [Fact]
    public void TransposeSwapsRowsAndColumns() => ConvVectors.CheckTranspose<ConvVector512>();
}
