using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

public class RnnCellTests
{
    [Fact]
    public void A_step_follows_its_formula()
    {
        Assert.Equal(Math.Tanh(0.7),
            CellCheck.Forward<RnnCell<RnnTanh>>([0.5], [0.2], 3, 0).H, 12);
        Assert.Equal(0.7, CellCheck.Forward<RnnCell<RnnRelu>>([0.5], [0.2], 3, 0).H, 12);
        Assert.Equal(0, CellCheck.Forward<RnnCell<RnnRelu>>([0.5], [-0.9], 3, 0).H, 12);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(-0.9)]
    public void Its_gradient_is_that_of_finite_differences(double hidden)
    {
        CellCheck.GradientMatches<RnnCell<RnnTanh>>([0.5], [hidden], 0.3, 0);
        CellCheck.GradientMatches<RnnCell<RnnRelu>>([0.5], [hidden], 0.3, 0);
    }
}
