using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class GemmEpilogueTests
{
    [Fact]
    public void TheDefaultStoresThePlainProduct()
    {
        float a = 3, b = -5, c = 100;
        Gemm.Run(1, 1, 1, &a, 1, 1, &b, 1, 1, &c, 1, default);
        Assert.Equal(-15, c);
    }

    [Fact]
    public void TheActivationComesAfterOldCAndBiases()
    {
        float a = 3, b = -5, c = 1, rowBias = 10, columnBias = 5;
        var epilogue = new GemmEpilogue
        {
            RowBias = &rowBias,
            ColumnBias = &columnBias,
            Accumulate = true,
            Activation = GemmActivation.Relu,
        };
        Gemm.Run(1, 1, 1, &a, 1, 1, &b, 1, 1, &c, 1, epilogue);
        Assert.Equal(1, c);
    }
}
