using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu.Recurrent;

public class LstmCellTests
{
    [Fact]
    public void A_step_follows_its_formula()
    {
        var (h, c) = CellCheck.Forward<LstmCell>([0.1, 0.2, 0.3, 0.4], [1, -1, 0.5, 0], 9, 2);
        var (i, f, g, o) = (S(1.1), S(-0.8), Math.Tanh(0.8), S(0.4));
        Assert.Equal((f * 2) + (i * g), c, 12);
        Assert.Equal(o * Math.Tanh(c), h, 12);
    }

    [Fact]
    public void Its_gradient_is_that_of_finite_differences() =>
        CellCheck.GradientMatches<LstmCell>([0.1, 0.2, 0.3, 0.4], [1, -1, 0.5, 0], 0.3, 0.7);

    private static double S(double x) => 1 / (1 + Math.Exp(-x));
}
